"""Telling people something, and their having read it. The counter moves with the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, update

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.core import clock
from app.core.db import db, insert_or_skip
from app.notifications import queries
from app.notifications.models import SUBJECTS, Notification


def tell(
    account_ids: Sequence[int], *, kind: str, post_id: int, topic_id: int, actor_id: int
) -> list[int]:
    """Put news of a post into their inboxes; returns those who had not been told yet."""
    return _tell(account_ids, kind=kind, post_id=post_id, topic_id=topic_id, actor_id=actor_id)


def tell_of(account_ids: Sequence[int], *, kind: str, subject_id: int) -> list[int]:
    """The same for news of a subject (models.SUBJECTS); it names nobody."""
    return _tell(account_ids, kind=kind, subject_kind=SUBJECTS[kind], subject_id=subject_id)


def _tell(account_ids: Sequence[int], **about: Any) -> list[int]:
    moment = clock.now()
    new = _insert_new([{"account_id": i, "created_at": moment, **about} for i in account_ids])
    if new:
        _count(Account.id.in_(new), 1)
    return new


def mark_read(notification_id: int, viewer: Actor) -> None:
    """Mark one as read (again is harmless); NotFound if it is not theirs."""
    notification = queries.own_or_404(notification_id, viewer)
    _mark(Notification.id == notification.id, viewer)


def mark_seen(topic_id: int, viewer: Actor) -> None:
    """Whoever has the topic before their eyes has read what we told them about it."""
    _mark(
        and_(Notification.account_id == viewer.id, Notification.topic_id == topic_id),
        viewer,
    )


def mark_all_read(viewer: Actor) -> None:
    _mark(Notification.account_id == viewer.id, viewer)


def recount_unread() -> int:
    """Put every counter right that differs from the rows; returns how many did."""
    wrong = queries.wrong_unread_counts()
    for account_id, unread in wrong.items():
        counted = update(Account).where(Account.id == account_id).values(unread_count=unread)
        db.session.execute(counted.execution_options(synchronize_session=False))
    return len(wrong)


def _insert_new(notifications: Sequence[dict[str, Any]]) -> list[int]:
    """One statement for all; returns to whom they were new."""
    if not notifications:
        return []
    statement = insert_or_skip(Notification).values(notifications)
    return list(db.session.scalars(statement.returning(Notification.account_id)))


def _mark(which: ColumnElement[bool], viewer: Actor) -> None:
    """By the number of rows that changed: right also when something is told at the same time."""
    result = db.session.execute(
        update(Notification)
        .where(which, Notification.read_at.is_(None))
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    changed = cast("CursorResult[Any]", result).rowcount
    if changed:
        _count(Account.id == viewer.id, -changed)


def _count(whose: ColumnElement[bool], change: int) -> None:
    db.session.execute(
        update(Account)
        .where(whose)
        .values(unread_count=Account.unread_count + change)
        .execution_options(synchronize_session=False)
    )
