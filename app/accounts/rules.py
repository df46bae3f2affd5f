"""Who may do what with accounts. Pure.

It hands on what other features need to know of names and addresses, whose rooms are closed to them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from app.accounts.actor import Actor
from app.accounts.addresses import address_key, read_address
from app.accounts.models import ROLES, TEAM
from app.accounts.names import name_key, name_skeleton
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

__all__ = [
    "TRUSTED",
    "address_key",
    "can_act_on_member",
    "can_change_profile",
    "can_end_session",
    "can_invite",
    "can_register",
    "can_revoke_token",
    "can_set_role",
    "can_sign_in",
    "is_newcomer",
    "name_key",
    "name_skeleton",
    "outranks",
    "read_address",
]

NEWCOMER_DAYS = 7
#: Who was made by the operator is no newcomer: `flask create-account` gives this grant.
TRUSTED = ("trusted", "*")


def is_newcomer(joined_at: datetime, grants: Collection[tuple[str, str]], moment: datetime) -> bool:
    """Joined less than NEWCOMER_DAYS ago and nobody vouched for them: half of each budget."""
    return TRUSTED not in grants and moment - joined_at < timedelta(days=NEWCOMER_DAYS)


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
    return deny(N_("Nobody can sign in to this account. Please use or create another one."))


def can_change_profile(actor: Actor, *, account_id: int) -> Verdict:
    """One's own only; suspended members too: their settings and their password stay theirs."""
    if actor.id == account_id:
        return ALLOW
    return deny(N_("You can change only your own account."))


def can_end_session(actor: Actor, *, account_id: int) -> Verdict:
    if actor.id == account_id:
        return ALLOW
    return deny(N_("You can end only your own sign-ins."))


def can_revoke_token(actor: Actor, *, account_id: int) -> Verdict:
    if actor.id == account_id:
        return ALLOW
    return deny(N_("You can revoke only your own access tokens."))


def outranks(actor: Actor, role: str) -> bool:
    """Does the actor stand above this role? customer < superuser < agent < moderator < admin."""
    return actor.role in ROLES and ROLES.index(actor.role) > ROLES.index(role)


def can_act_on_member(actor: Actor, account: Any) -> Verdict:
    """Change what somebody may do: the team, never for oneself, an equal or a superior.

    `account` needs id and role.
    """
    if not actor.is_staff:
        return deny(N_("Only the service team decides what a member may do here."))
    if account.id == actor.id:
        return deny(N_("Nobody decides about their own account. Please ask a colleague."))
    if not outranks(actor, account.role):
        return deny(
            N_(
                "This person has the same role as you or a higher one. Please ask somebody whose "
                "role is higher."
            )
        )
    return ALLOW


def can_set_role(actor: Actor, account: Any, role: str) -> Verdict:
    """Nobody lifts anybody to the own height either, except that admins make admins.

    Admins also decide about other admins, above whom nobody stands; the action sees to it that one
    is left.
    """
    if _are_both_admins(actor, account) and account.id != actor.id:
        return ALLOW
    if not (acting := can_act_on_member(actor, account)):
        return acting
    if outranks(actor, role) or actor.role == "admin":
        return ALLOW
    return deny(N_("You can give only roles below your own."))


def can_invite(actor: Actor, role: str) -> Verdict:
    """Ask somebody into the team, and take that back."""
    if actor.role == "admin" and actor.is_active and role in TEAM:
        return ALLOW
    return deny(N_("Only administrators can invite people to the team. Please ask one of them."))


def _are_both_admins(actor: Actor, account: Any) -> bool:
    return actor.is_active and actor.role == "admin" and account.role == "admin"
