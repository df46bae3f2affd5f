"""Tokens with which a program acts for an account."""

from __future__ import annotations

from datetime import timedelta

from app.accounts.actor import Actor
from app.accounts.events import ApiTokenMade, ApiTokenRevoked
from app.accounts.models import Account, ApiToken
from app.accounts.rules import can_revoke_token
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.core.tokens import hash_of, new_secret

#: What such a secret begins with, so that scanners of source code know one when they see it.
BEGINNING = "hk_"


def make_api_token(account: Account, *, scope: str, label: str, days: int) -> str:
    """A new token of the account, good for so many days; its secret is returned once, here.

    The scope is a ceiling: what the account may not do, its token may not do either.
    """
    secret = BEGINNING + new_secret()[0]
    moment = clock.now()
    token = ApiToken(
        account_id=account.id,
        label=label,
        scope=scope,
        secret_hash=hash_of(secret),
        created_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    db.session.add(token)
    db.session.flush()
    record(ApiTokenMade(account_id=account.id, token_id=token.id))
    return secret


def revoke_api_token(actor: Actor, token: ApiToken) -> None:
    """From its next request on the program is nobody; a second time changes nothing."""
    require(can_revoke_token(actor, account_id=token.account_id))
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        record(ApiTokenRevoked(account_id=token.account_id, token_id=token.id))
