"""Similar topics: for whom they must still be looked for, and those of one topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, select

from app.accounts.actor import Actor
from app.core.db import db
from app.forum.models import SimilarTopic, Topic
from app.forum.queries.prepared import prepared
from app.forum.queries.topics import topics
from app.forum.queries.visibility import topic_listed

SHOWN = 3


def similar_topics(topic_id: int, viewer: Actor) -> Sequence[Any]:
    """The best of them that the viewer may see."""
    return _run_similar(viewer, topic_id=topic_id).all()


@prepared
def _run_similar(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return (
        topics()
        .join(SimilarTopic, SimilarTopic.similar_id == Topic.id)
        .where(SimilarTopic.topic_id == bindparam("topic_id", type_=BigInteger))
        .where(topic_listed(viewer))
        .order_by(SimilarTopic.place)
        .limit(SHOWN)
    )


def without_similar(older_than: datetime, limit: int) -> Sequence[Any]:
    """Topics to look for: new ones, then old ones (an archive came in), then what is out of date.

    Those that have rows are one unbroken range of ids, because they are done in this order.
    """
    newest, oldest = db.session.execute(
        select(func.max(SimilarTopic.topic_id), func.min(SimilarTopic.topic_id))
    ).one()
    wanted = select(Topic.id, Topic.title, Topic.audience)
    if newest is None:
        return db.session.execute(wanted.order_by(Topic.id.desc()).limit(limit)).all()
    new = wanted.where(Topic.id > newest).order_by(Topic.id)
    old = wanted.where(Topic.id < oldest).order_by(Topic.id.desc())
    stale = select(SimilarTopic.topic_id).where(SimilarTopic.found_at < older_than)
    stale = stale.where(SimilarTopic.place == 0).order_by(SimilarTopic.found_at).limit(limit)
    for statement in (new, old, wanted.where(Topic.id.in_(stale))):
        if rows := db.session.execute(statement.limit(limit)).all():
            return rows
    return ()
