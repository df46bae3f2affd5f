"""The tokens of programs that act for somebody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select

from app.accounts.actor import Actor
from app.accounts.models import ApiToken
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound


def tokens_of(actor: Actor) -> Sequence[ApiToken]:
    """Those that still work, the newest first."""
    return db.session.scalars(_own(actor).order_by(ApiToken.id.desc())).all()


def own_token_or_404(token_id: int, actor: Actor) -> ApiToken:
    token = db.session.scalars(_own(actor).where(ApiToken.id == token_id)).first()
    if token is None:
        raise NotFound
    return token


def _own(actor: Actor) -> Select[ApiToken]:
    return select(ApiToken).where(
        ApiToken.account_id == actor.account_id,
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > clock.now(),
    )
