"""What only the start page needs: its topics with the current notice, and how soon answers come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, false, func, or_, select, true, union_all

from app.accounts.actor import PUBLIC, Actor
from app.core.db import UtcDateTime, db
from app.forum.models import Post, Topic
from app.forum.queries.lists import first_page, key_of
from app.forum.queries.prepared import prepared
from app.forum.queries.topics import topics
from app.forum.queries.visibility import topic_listed


def home_topics(
    viewer: Actor, filter_: str, *, limit: int, notices_since: datetime
) -> tuple[list[Any], Any]:
    """The first topics of a filter, and the newest announcement that is pinned or young, in one query."""
    rows = _run_home(viewer, filter_, limit, since=notices_since).all()
    shown = [row for row in rows if not row.is_notice]
    notice = next((row for row in rows if row.is_notice), None)
    return sorted(shown, key=key_of(filter_), reverse=True), notice  # a UNION has no order


@prepared
def _run_home(viewer: Actor, filter_: str, limit: int) -> Select[*tuple[Any, ...]]:
    young = Topic.created_at >= bindparam("since", type_=UtcDateTime)
    notice = (
        topics(true().label("is_notice"))
        .where(topic_listed(viewer), Topic.kind == "announcement", or_(Topic.pinned, young))
        .order_by(Topic.id.desc())
        .limit(1)
    )
    page = first_page(viewer, filter_, false().label("is_notice")).limit(limit)
    return union_all(*(select(part.subquery()) for part in (page, notice)))  # type: ignore[return-value]


def first_answers(since: datetime, until: datetime) -> Sequence[Any]:
    """When public questions of this time were asked, and first answered by somebody else (or None).

    What an archive brought along was answered elsewhere and does not count.
    """
    first = (
        select(func.min(Post.created_at))
        .where(Post.topic_id == Topic.id, Post.author_id != Topic.author_id)
        .where(Post.kind == "answer", Post.state == "visible")
        .scalar_subquery()
    )
    return db.session.execute(
        select(Topic.created_at.label("asked_at"), first.label("answered_at")).where(
            Topic.state == "visible",
            Topic.kind == "question",
            Topic.audience == PUBLIC,
            Topic.source.is_(None),
            Topic.created_at.between(since, until),
        )
    ).all()
