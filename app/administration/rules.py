"""Who may set up the forum. Pure."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny


def can_administer(actor: Actor) -> Verdict:
    """Change settings, boards, public texts and the team."""
    if actor.role == "admin" and actor.is_active:
        return ALLOW
    return deny(N_("Only administrators can set up the forum. Please ask one of them."))
