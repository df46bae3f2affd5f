"""Who may use a route at all; the routes name one of these with @policy."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny


def everyone(actor: Actor) -> Verdict:
    return ALLOW


def signed_in(actor: Actor) -> Verdict:
    """Members, suspended ones too: they may read their notifications and change their settings."""
    if actor.is_authenticated:
        return ALLOW
    return deny(N_("You need an account for this. Please sign in or register."))


def writing(actor: Actor) -> Verdict:
    """Members who may take part."""
    if actor.is_authenticated and not actor.is_active:
        return deny(
            N_(
                "Your account is suspended. You can still read, but not write. The service team can "
                "tell you more."
            )
        )
    return signed_in(actor)


#: Routes for which one must have accepted the netiquette in force (accounts/views/consenting.py).
writing.asks_consent = True  # type: ignore[attr-defined]


def writing_program(actor: Actor) -> Verdict:
    """Programs of members who may take part, with a token that may write."""
    if not actor.has_scope("write"):
        return deny(
            N_("This access token may only read. Writing needs one with the scope “write”.")
        )
    return writing(actor)


writing_program.asks_consent = True  # type: ignore[attr-defined]


def staff(actor: Actor) -> Verdict:
    """The service team: agents, moderators and administrators."""
    if actor.is_authenticated and not actor.is_staff:
        return deny(
            N_("Only the service team can do this. If you need to, please ask an administrator.")
        )
    return signed_in(actor)
