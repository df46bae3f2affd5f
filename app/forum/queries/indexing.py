"""What the search index needs to know; acts for nobody, so it filters by state itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from app.accounts.actor import GUEST
from app.core.db import db
from app.forum.models import Acceptance, Post, Tag, Topic, TopicTag
from app.forum.queries.visibility import post_readable

CHUNK = 500


def search_material(
    topic_ids: Sequence[int],
) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    """Visible topics among `topic_ids`, their visible posts in order, and their tags."""
    topics = db.session.execute(
        select(
            Topic.id,
            Topic.board_id,
            Topic.kind,
            Topic.title,
            Topic.audience,
            Topic.solved,
            Topic.language,
            Topic.created_at,
        ).where(Topic.id.in_(topic_ids), Topic.state == "visible")
    ).all()
    posts = db.session.execute(
        select(
            Post.topic_id,
            Post.author_id,
            Post.position,
            Post.html,
            Acceptance.id.label("acceptance_id"),
        )
        .outerjoin(Acceptance, Acceptance.post_id == Post.id)
        .where(Post.topic_id.in_(topic_ids), post_readable(GUEST), Post.kind != "note")
        .order_by(Post.topic_id, Post.position)
    ).all()
    tags = db.session.execute(
        select(TopicTag.topic_id, Tag.name)
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(TopicTag.topic_id.in_(topic_ids))
        .order_by(TopicTag.topic_id, TopicTag.position)
    ).all()
    return topics, posts, tags


def topic_ids_for_index() -> Iterator[list[int]]:
    """The ids of all visible topics, in chunks, oldest first."""
    after = 0
    while ids := _ids_after(after):
        yield ids
        after = ids[-1]


def _ids_after(topic_id: int) -> list[int]:
    statement = select(Topic.id).where(Topic.id > topic_id, Topic.state == "visible")
    return list(db.session.execute(statement.order_by(Topic.id).limit(CHUNK)).scalars())


def count_topics_for_index() -> int:
    """How many topics a rebuild will visit; for its progress bar."""
    statement = select(func.count()).select_from(Topic).where(Topic.state == "visible")
    return int(db.session.execute(statement).scalar_one())
