"""Asking somebody into the team, and what the invited person does with the link."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.accounts import queries, rules
from app.accounts.actions.joining import create_account
from app.accounts.actions.signing_in import begin_session, sign_out
from app.accounts.actions.standing import set_role
from app.accounts.actor import Actor
from app.accounts.addresses import address_key
from app.accounts.events import (
    SignedIn,
    TeamInvitationAccepted,
    TeamInvitationSent,
    TeamInvitationWithdrawn,
)
from app.accounts.models import TEAM, Account, Invitation
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict, Forbidden, Gone, Refused
from app.core.events import record
from app.core.rules import require
from app.core.tokens import hash_of, new_secret

INVITATION_HOURS = 72  # over a weekend, for an account with privileges


def invite_to_team(actor: Actor, *, email: str, role: str, locale: str) -> Invitation:
    """Ask somebody into the team by mail. Whoever is invited already gets a new link, and this role.

    Raises Refused at `email` for somebody who is in the team, or can be nobody.
    """
    require(rules.can_invite(actor, role))
    key = address_key(email)
    _refuse_known(queries.account_by_address(key))
    invitation = queries.open_invitation_to(key) or Invitation(email_key=key)
    invitation.email, invitation.role, invitation.locale = email, role, locale
    _send(actor, invitation)
    return invitation


def send_invitation_again(actor: Actor, invitation_id: int) -> None:
    """A new link and new time; the old link is dead, and the actor is now who invites."""
    invitation = queries.open_invitation_or_404(invitation_id)
    require(rules.can_invite(actor, invitation.role))
    _send(actor, invitation)


def withdraw_team_invitation(actor: Actor, invitation_id: int) -> None:
    """The link is dead from now on."""
    invitation = queries.open_invitation_or_404(invitation_id)
    require(rules.can_invite(actor, invitation.role))
    invitation.withdrawn_at = clock.now()
    db.session.flush()
    record(TeamInvitationWithdrawn(invitation_id=invitation_id, actor_id=actor.account_id))


def renew_invitation_link(invitation_id: int) -> tuple[Invitation, str] | None:
    """A new secret for the link, made while the mail is written; None where nobody is asked any more."""
    invitation = db.session.get(
        Invitation, invitation_id, with_for_update=True, populate_existing=True
    )
    if invitation is None or not _stands(invitation):
        return None
    secret, invitation.secret_hash = new_secret()
    db.session.flush()
    return invitation, secret


def accept_invitation(
    secret: str, *, name: str, password_hash: str, locale: str, browser: str
) -> str:
    """A new account in the team, with the invitation's address; returns its session's secret.

    Raises Gone, Refused at `name`, Conflict where the address has an account meanwhile.
    """
    invitation = _use(secret)
    known = queries.account_by_address(invitation.email_key)
    if known is not None and known.state != "pending":
        raise Conflict(
            N_("There is an account with this address now. Please open the link once more.")
        )
    account = create_account(
        name=name,
        email=invitation.email,
        password_hash=password_hash,
        role=invitation.role,
        locale=locale,
    )
    return _arrive(invitation, account, browser)


def join_team(actor: Actor, secret: str, *, browser: str) -> str:
    """A member takes the role that the own address was invited to; with it begins a new session.

    Raises Gone; Forbidden for somebody else's invitation.
    """
    invitation = _use(secret)
    account = queries.own_account(actor)
    if account.email_key != invitation.email_key or not actor.is_active:
        raise Forbidden(
            N_(
                "This invitation went to another address. Please sign in with the account of that "
                "address."
            )
        )
    if account.role in TEAM:
        raise Conflict(N_("You are already in the team, so there is nothing to accept."))
    set_role(queries.actor_by_id(invitation.invited_by), account.id, invitation.role)
    sign_out(actor)
    return _arrive(invitation, account, browser)


def _refuse_known(account: Account | None) -> None:
    if account is None:
        return
    if account.role in TEAM:
        raise Refused(
            N_("“%(name)s” is already in the team. You can change the role in the list."),
            field="email",
            name=account.name,
        )
    if account.state not in ("active", "pending"):
        raise Refused(
            N_(
                "The account with this address is closed, so it cannot be invited. Please use "
                "another address."
            ),
            field="email",
        )


def _send(actor: Actor, invitation: Invitation) -> None:
    moment = clock.now()
    invitation.invited_by, invitation.invited_at = actor.account_id, moment
    invitation.secret_hash = None
    invitation.expires_at = moment + timedelta(hours=INVITATION_HOURS)
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(
            N_("Somebody invited this address at the same moment. Please look at the list.")
        ) from error
    record(TeamInvitationSent(invitation_id=invitation.id, actor_id=actor.account_id))


def _stands(invitation: Invitation) -> bool:
    """Is the person still asked, by somebody who still may?"""
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        return False
    inviter = queries.actor_by_id(invitation.invited_by)
    in_time = invitation.expires_at > clock.now()
    return in_time and inviter is not None and bool(rules.can_invite(inviter, invitation.role))


def _use(secret: str) -> Invitation:
    """The invitation of this link, used up; of many uses at the same moment one wins."""
    secret_hash = hash_of(secret)
    invitation = queries.invitation_by_secret(secret_hash)
    if not _stands(invitation):
        raise Gone(queries.LINK_GONE)
    used = db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.secret_hash == secret_hash)
        .where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
        .values(accepted_at=clock.now())
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        raise Gone(queries.LINK_GONE)
    return invitation


def _arrive(invitation: Invitation, account: Account, browser: str) -> str:
    db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id)
        .values(account_id=account.id)
        .execution_options(synchronize_session=False)
    )
    record(TeamInvitationAccepted(invitation_id=invitation.id, account_id=account.id))
    session_secret = begin_session(account, browser)
    record(SignedIn(account_id=account.id))
    return session_secret
