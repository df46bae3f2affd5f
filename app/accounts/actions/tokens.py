"""Single-use links: made when the mail is written, kept as a hash, dead after use or change."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from app.accounts import queries
from app.accounts.models import Account, MailToken
from app.core import clock
from app.core.db import db
from app.core.errors import Gone
from app.core.tokens import hash_of, new_secret

RESET_MINUTES = 30
#: The link alone opens nothing: it neither signs in nor sets a password. People read mail tomorrow.
CONFIRM_MINUTES = 24 * 60
MINUTES = {"reset": RESET_MINUTES, "confirm": CONFIRM_MINUTES}


def make_token(account: Account, purpose: str) -> str:
    """A new secret for a link ("reset" or "confirm"); the account's older links die.

    Called while the mail is rendered, so that no job row ever holds the secret.
    """
    kill_tokens(account.id)
    secret, secret_hash = new_secret()
    moment = clock.now()
    db.session.add(
        MailToken(
            account_id=account.id,
            purpose=purpose,
            secret_hash=secret_hash,
            email=account.email,
            created_at=moment,
            expires_at=moment + timedelta(minutes=MINUTES[purpose]),
        )
    )
    return secret


def kill_tokens(account_id: int) -> None:
    """No link that was sent before works any more."""
    db.session.execute(
        update(MailToken)
        .where(MailToken.account_id == account_id, MailToken.used_at.is_(None))
        .values(used_at=clock.now())
    )


def use_token(secret: str, purpose: str) -> Account:
    """The account that the link was sent to; raises Gone. Of two uses at once, one wins."""
    token = queries.mail_token(hash_of(secret), purpose)
    used = db.session.execute(
        update(MailToken)
        .where(MailToken.id == token.id, MailToken.used_at.is_(None))
        .values(used_at=clock.now())
    )
    account = queries.account_by_id(token.account_id)
    if not used.rowcount or account is None:  # type: ignore[attr-defined]
        raise Gone(queries.LINK_GONE)
    return account
