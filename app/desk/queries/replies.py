"""Canned replies: those that are offered, the archived ones, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select

from app.accounts.models import Account
from app.core.db import db
from app.core.errors import NotFound
from app.desk.models import ADDRESSES, CannedReply

MOST_REPLIES = 200  # in a picker and on a page; more would be a knowledge base

_BY_ADDRESS = case({word: n for n, word in enumerate(ADDRESSES)}, value=CannedReply.address)
_ORDER = (CannedReply.language, _BY_ADDRESS, CannedReply.position, CannedReply.id)
_ON_OFFER = CannedReply.archived_at.is_(None)


def replies_on_offer(language: str) -> Sequence[Any]:
    """What a picker offers, those in `language` first, then as the team has ordered them."""
    return db.session.execute(
        select(
            CannedReply.id,
            CannedReply.title,
            CannedReply.language,
            CannedReply.address,
            CannedReply.situation,
        )
        .where(_ON_OFFER)
        .order_by(CannedReply.language != language, *_ORDER)
        .limit(MOST_REPLIES)
    ).all()


def replies(*, archived: bool) -> Sequence[Any]:
    """With their texts and who changed them last; for the page on which they are kept."""
    return db.session.execute(
        select(
            CannedReply.id,
            CannedReply.title,
            CannedReply.language,
            CannedReply.address,
            CannedReply.situation,
            CannedReply.text,
            CannedReply.changed_at,
            Account.name.label("changed_by_name"),
        )
        .join(Account, Account.id == CannedReply.changed_by)
        .where(CannedReply.archived_at.is_not(None) if archived else _ON_OFFER)
        .order_by(*_ORDER)
        .limit(MOST_REPLIES)
    ).all()


def reply_or_404(reply_id: int) -> CannedReply:
    found = db.session.get(CannedReply, reply_id, populate_existing=True)
    if found is None:
        raise NotFound()
    return found


def reply_on_offer(reply_id: int) -> Any:
    """None where it is archived or was never there."""
    return db.session.execute(
        select(CannedReply.id, CannedReply.text).where(CannedReply.id == reply_id, _ON_OFFER)
    ).first()


def reply_titled(language: str, address: str, title: str) -> CannedReply | None:
    """The one on offer with this title."""
    return db.session.execute(
        select(CannedReply)
        .filter_by(language=language, address=address, title=title, archived_at=None)
        .execution_options(populate_existing=True)
    ).scalar()


def last_position() -> int:
    return int(db.session.execute(select(func.max(CannedReply.position))).scalar() or 0)


def neighbour_of(reply: CannedReply, *, up: bool) -> CannedReply | None:
    """The one before or after it among those on offer for the same language and address."""
    same = select(CannedReply).filter_by(
        language=reply.language, address=reply.address, archived_at=None
    )
    if up:
        wanted = same.where(CannedReply.position < reply.position)
        order = CannedReply.position.desc()
    else:
        wanted = same.where(CannedReply.position > reply.position)
        order = CannedReply.position.asc()
    return db.session.execute(wanted.order_by(order).limit(1)).scalar()
