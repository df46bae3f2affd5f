"""What was told to whom; what a person may no longer read is not shown to them either."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.accounts import queries as accounts
from app.accounts.actor import Actor
from app.accounts.models import Account
from app.core.db import db
from app.core.errors import NotFound
from app.forum import queries as forum
from app.forum.models import Post, Topic
from app.notifications.models import ABOUT_NEW_POSTS, Notification
from app.notifications.queries.subjects import subject, subjects

#: What lives in the module beside this one.
__all__ = ["subject", "subjects"]

PAGE = 30


def inbox(
    viewer: Actor, *, after: tuple[int, ...] | None = None
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """One page, newest first, and the key after which the next one begins.

    What is about something else than a post has empty titles here; see subjects().
    """
    statement = _told_to(viewer)
    if after is not None:
        statement = statement.where(Notification.id < after[0])
    statement = statement.order_by(Notification.id.desc()).limit(PAGE + 1)
    rows = db.session.execute(statement).all()
    return rows[:PAGE], (rows[PAGE - 1].id,) if len(rows) > PAGE else None


def in_inbox(notification_id: int, viewer: Actor) -> Any | None:
    """One of them, if it is still shown."""
    return db.session.execute(_told_to(viewer).where(Notification.id == notification_id)).first()


def _told_to(viewer: Actor) -> Select[*tuple[Any, ...]]:
    readable = and_(forum.topic_readable(viewer), forum.post_readable(viewer))
    return (
        select(
            Notification.id,
            Notification.kind,
            Notification.post_id,
            Notification.subject_kind,
            Notification.subject_id,
            Notification.created_at,
            Notification.read_at,
            Account.name.label("actor_name"),
            Topic.title.label("topic_title"),
        )
        .outerjoin(Post, Post.id == Notification.post_id)
        .outerjoin(Topic, Topic.id == Post.topic_id)
        .outerjoin(Account, Account.id == Notification.actor_id)
        .where(Notification.account_id == viewer.id)
        .where(or_(Notification.post_id.is_(None), readable))
    )


def own_or_404(notification_id: int, viewer: Actor) -> Notification:
    found = db.session.execute(
        select(Notification).filter_by(id=notification_id, account_id=viewer.id)
    ).scalar()
    if found is None:
        raise NotFound()
    return found


def has_unread_about(viewer: Actor, topic_id: int) -> bool:
    wanted = select(Notification.id).filter_by(
        account_id=viewer.id, topic_id=topic_id, read_at=None
    )
    return db.session.execute(wanted.limit(1)).first() is not None


def unread_count(viewer: Actor) -> int:
    """As the counter says now; the actor's own number is from before this request."""
    wanted = select(Account.unread_count).where(Account.id == viewer.id)
    return int(db.session.execute(wanted).scalar_one())


def told_by(account_id: int, kind: str, post_id: int) -> str | None:
    """The name of whoever caused this notification; None where there is no such one."""
    return db.session.execute(
        select(Account.name)
        .join(Notification, Notification.actor_id == Account.id)
        .where(
            Notification.account_id == account_id,
            Notification.kind == kind,
            Notification.post_id == post_id,
        )
    ).scalar()


def told_about(post_id: int) -> set[int]:
    """Who already has a notice of this new post."""
    return set(
        db.session.execute(
            select(Notification.account_id).where(
                Notification.post_id == post_id, Notification.kind.in_(ABOUT_NEW_POSTS)
            )
        ).scalars()
    )


def published_post(post_id: int) -> Any | None:
    """The post itself, for reactions: they act for nobody and check each reader afterwards."""
    return db.session.execute(
        select(Post.id, Post.topic_id, Post.kind, Post.author_id, Post.text).where(
            Post.id == post_id, Post.state == "visible", Post.kind != "note"
        )
    ).first()


def readers_among(account_ids: Iterable[int], post_id: int) -> list[int]:
    """Those who may read the post; two queries a person would be slow, so people load at once."""
    people = accounts.actors_by_ids(account_ids)
    return [i for i, actor in sorted(people.items()) if forum.visible_post(post_id, actor)]


def wrong_unread_counts() -> dict[int, int]:
    """For `flask recount`: account → unread notifications, where its counter says otherwise."""
    unread = (
        select(func.count())
        .where(Notification.account_id == Account.id, Notification.read_at.is_(None))
        .scalar_subquery()
    )
    wrong = select(Account.id, unread).where(Account.unread_count != unread)
    return {row[0]: row[1] for row in db.session.execute(wrong)}
