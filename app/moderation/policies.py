"""Who may use the pages of moderation at all; what they may do there is decided by the rules."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.accounts.policies import writing
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny
from app.moderation.rules import moderates_somewhere


def moderating(actor: Actor) -> Verdict:
    """Staff, and super users with a grant for at least one board."""
    if not (taking_part := writing(actor)):
        return taking_part
    if moderates_somewhere(actor):
        return ALLOW
    return deny(
        N_("Only moderators can open this page. If you need it, please ask an administrator.")
    )


def deciding(actor: Actor) -> Verdict:
    """Staff: objections are never decided by a super user."""
    if not (taking_part := writing(actor)):
        return taking_part
    return (
        ALLOW
        if actor.is_staff
        else deny(
            N_(
                "Only the service team can open this page. If you need it, please ask an "
                "administrator."
            )
        )
    )
