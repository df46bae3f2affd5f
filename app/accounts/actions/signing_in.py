"""Sessions and passwords. Hashes are made and compared by the view, outside of the transaction."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from app.accounts import queries
from app.accounts.actions.tokens import kill_tokens, use_token
from app.accounts.actor import Actor
from app.accounts.events import PasswordChanged, SignedIn
from app.accounts.models import LIFETIME_DAYS, TEAM, Account, SignedInSession
from app.accounts.rules import can_change_profile, can_end_session, can_sign_in
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.events import record
from app.core.rules import require
from app.core.tokens import new_secret

BROWSER_LENGTH = 200


def sign_in(
    account_id: int, *, proven_hash: str | None, browser: str, new_hash: str | None = None
) -> str:
    """Begin a session and return its secret. `proven_hash` is the hash that the password fitted.

    Raises Conflict when the password was changed since it was compared, Forbidden by the state.
    """
    account = queries.account_by_id(account_id)
    if account is None or account.password_hash != proven_hash:
        raise Conflict(N_("The password was changed just now. Please sign in again."))
    require(can_sign_in(account.state))
    if new_hash is not None:
        account.password_hash = new_hash
    secret = begin_session(account, browser)
    record(SignedIn(account_id=account.id))
    return secret


def sign_out(actor: Actor) -> None:
    """End the session of this browser; a guest is signed out already."""
    if actor.session_hash is not None:
        db.session.execute(
            delete(SignedInSession).where(SignedInSession.secret_hash == actor.session_hash)
        )


def sign_out_everywhere(actor: Actor) -> None:
    account = queries.own_account(actor)
    require(can_end_session(actor, account_id=account.id))
    _end_sessions(account.id)


def end_session(actor: Actor, session: SignedInSession) -> None:
    require(can_end_session(actor, account_id=session.account_id))
    db.session.delete(session)


def change_password(actor: Actor, *, proven_hash: str | None, new_hash: str, browser: str) -> str:
    """Set a new password; every session ends and this browser gets a new one: its secret returns."""
    account = queries.own_account(actor)
    require(can_change_profile(actor, account_id=account.id))
    if account.password_hash != proven_hash:
        raise Conflict(N_("The password was changed just now. Please sign in again."))
    _set_password(account, new_hash)
    return begin_session(account, browser)


def reset_password(secret: str, *, new_hash: str) -> Account:
    """Set a password by the link from the mail; raises Gone. Signs nobody in."""
    account = use_token(secret, "reset")
    _set_password(account, new_hash)
    return account


def _set_password(account: Account, new_hash: str) -> None:
    account.password_hash = new_hash
    _end_sessions(account.id)
    kill_tokens(account.id)
    record(PasswordChanged(account_id=account.id))


def _end_sessions(account_id: int) -> None:
    db.session.execute(delete(SignedInSession).where(SignedInSession.account_id == account_id))


def begin_session(account: Account, browser: str) -> str:
    """Always a new secret, so that one planted before sign-in is worth nothing."""
    secret, secret_hash = new_secret()
    moment = clock.now()
    if account.role in TEAM:
        account.signed_in_at = moment
    db.session.execute(
        delete(SignedInSession).where(
            SignedInSession.account_id == account.id, SignedInSession.expires_at <= moment
        )
    )
    db.session.add(
        SignedInSession(
            account_id=account.id,
            secret_hash=secret_hash,
            browser=browser[:BROWSER_LENGTH],
            created_at=moment,
            seen_at=moment,
            expires_at=moment + timedelta(days=LIFETIME_DAYS),
        )
    )
    return secret
