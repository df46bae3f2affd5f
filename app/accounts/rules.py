"""Who may do what with accounts, and what a name or a password must look like. Pure."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.accounts.names import (
    NAME_MAX,
    NAME_MIN,
    free_variants,
    name_key,
    name_skeleton,
    name_verdict,
)
from app.accounts.passwords import PASSWORD_MAX, PASSWORD_MIN, password_verdict
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

__all__ = [
    "NAME_MAX",
    "NAME_MIN",
    "PASSWORD_MAX",
    "PASSWORD_MIN",
    "can_change_profile",
    "can_end_session",
    "can_register",
    "can_sign_in",
    "free_variants",
    "name_key",
    "name_skeleton",
    "name_verdict",
    "password_verdict",
]


def can_register(actor: Actor) -> Verdict:
    if actor.is_authenticated:
        return deny(N_("You already have an account. Please sign out first to create another one."))
    return ALLOW


def can_sign_in(state: str) -> Verdict:
    """Asked only after the password was right, so that strangers learn nothing of the state."""
    if state == "pending":
        return deny(
            N_(
                "Your e-mail address is not confirmed yet. We have just sent you the link again; "
                "please open it and then sign in."
            )
        )
    if state in ("active", "suspended"):
        return ALLOW
    return deny(N_("Nobody can sign in to this account."))


def can_change_profile(actor: Actor, *, account_id: int) -> Verdict:
    """One's own only; suspended members too: their settings and their password stay theirs."""
    if actor.id == account_id:
        return ALLOW
    return deny(N_("You can change only your own account."))


def can_end_session(actor: Actor, *, account_id: int) -> Verdict:
    if actor.id == account_id:
        return ALLOW
    return deny(N_("You can end only your own sign-ins."))
