"""What leaves the database for an archive: through a guest's eyes, or everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, text, true

from app.accounts.actor import GUEST
from app.accounts.models import Account
from app.core.db import db
from app.forum.models import Acceptance, Board, Post, Tag, Topic, TopicTag
from app.forum.queries.visibility import post_readable, topic_listed

CHUNK = 100  # topics per query

Rows = Sequence[Any]


def begin_snapshot() -> None:
    """All reads that follow see one moment of the forum (SQLite's do in any transaction)."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        db.session.execute(text("SET TRANSACTION READ ONLY"))


def count_topics(*, everything: bool) -> int:
    statement = select(func.count()).select_from(Topic).where(_topics(everything))
    return int(db.session.execute(statement).scalar_one())


def topics_in_chunks(*, everything: bool) -> Iterator[Rows]:
    """By id, so that the lines of an imported archive keep their order."""
    after = 0
    while rows := _topics_after(after, everything):
        yield rows
        after = rows[-1].id


def _topics_after(topic_id: int, everything: bool) -> Rows:
    statement = (
        select(
            Topic.id,
            Topic.title,
            Topic.kind,
            Topic.state,
            Topic.audience,
            Topic.created_at,
            Topic.views,
            Topic.closed,
            Topic.pinned,
            Topic.source,
            Topic.source_id,
            Topic.imported,
            Board.name.label("category"),
            Board.slug.label("board_slug"),
        )
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id > topic_id, _topics(everything))
    )
    return db.session.execute(statement.order_by(Topic.id).limit(CHUNK)).all()


def posts_of(topic_ids: Sequence[int], *, everything: bool) -> Rows:
    """In the order of each topic."""
    statement = (
        select(
            Post.id,
            Post.topic_id,
            Post.parent_id,
            Post.author_id,
            Post.position,
            Post.kind,
            Post.state,
            Post.format,
            Post.text,
            (Post.votes_count + Post.imported_score).label("likes"),
            Post.created_at,
            Post.edited_at,
            Post.source,
            Post.source_id,
            Post.imported,
            Account.name.label("author_name"),
            Account.role.label("author_role"),
        )
        .join(Account, Account.id == Post.author_id)
        .where(Post.topic_id.in_(topic_ids), true() if everything else post_readable(GUEST))
    )
    return db.session.execute(statement.order_by(Post.topic_id, Post.position)).all()


def tags_of(topic_ids: Sequence[int]) -> dict[int, list[str]]:
    statement = (
        select(TopicTag.topic_id, Tag.name)
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(TopicTag.topic_id.in_(topic_ids))
        .order_by(TopicTag.topic_id, TopicTag.position)
    )
    found: dict[int, list[str]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row.topic_id, []).append(row.name)
    return found


def solutions_of(topic_ids: Sequence[int]) -> dict[int, int]:
    """Topic → the post that solved it, whatever its state."""
    statement = select(Acceptance.topic_id, Acceptance.post_id).where(
        Acceptance.topic_id.in_(topic_ids), Acceptance.position == 1
    )
    return {row.topic_id: row.post_id for row in db.session.execute(statement)}


def authors() -> Rows:
    """Everybody who has written something."""
    writes = select(Post.author_id).where(Post.author_id == Account.id).exists()
    statement = select(Account.id, Account.name, Account.state, Account.source_id).where(writes)
    return db.session.execute(statement.order_by(Account.id)).all()


def ambiguous_ids(model: type[Topic] | type[Post]) -> set[str]:
    """Source ids that things of several archives have."""
    statement = select(model.source_id).where(model.source_id.is_not(None))
    several = statement.group_by(model.source_id).having(func.count() > 1)
    return {str(source_id) for source_id in db.session.execute(several).scalars()}


def taken_ids(model: type[Topic] | type[Post], ids: Sequence[str]) -> set[str]:
    """Those of `ids` that an imported thing has brought along."""
    taken: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        wanted = select(model.source_id).where(model.source_id.in_(ids[start : start + CHUNK]))
        taken.update(str(source_id) for source_id in db.session.execute(wanted).scalars())
    return taken


def any_id_begins_with(model: type[Topic] | type[Post], beginning: str) -> bool:
    wanted = select(model.id).where(model.source_id.startswith(beginning, autoescape=True))
    return db.session.execute(wanted.limit(1)).first() is not None


def _topics(everything: bool) -> ColumnElement[bool]:
    return true() if everything else topic_listed(GUEST)
