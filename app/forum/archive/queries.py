"""What the import needs to know about rows that are there already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import and_, func, select

from app.accounts.models import Account
from app.core.db import db
from app.forum.models import Board, Post, Tag, Topic

CHUNK = 500  # bound values per statement


def known_topics(source: str, source_ids: Collection[str]) -> dict[str, int]:
    """Source id → number of imported posts, for the topics of this source that are there."""
    found: dict[str, int] = {}
    for chunk in _chunks(source_ids):
        statement = (
            select(Topic.source_id, func.count(Post.id).label("posts"))
            .outerjoin(Post, and_(Post.topic_id == Topic.id, Post.source == source))
            .where(Topic.source == source, Topic.source_id.in_(chunk))
            .group_by(Topic.id, Topic.source_id)
        )
        found.update((str(row.source_id), row.posts) for row in db.session.execute(statement))
    return found


def known_posts(source: str, source_ids: Collection[str]) -> set[str]:
    """Those of these ids that a post of this source has already."""
    found: set[str] = set()
    for chunk in _chunks(source_ids):
        statement = select(Post.source_id).where(Post.source == source, Post.source_id.in_(chunk))
        found.update(str(source_id) for source_id in db.session.execute(statement).scalars())
    return found


def known_accounts(source: str, authors: Collection[str]) -> dict[str, int]:
    """Author as in the archive → id of the account."""
    found: dict[str, int] = {}
    for chunk in _chunks(authors):
        statement = select(Account.source_id, Account.id).where(
            Account.source == source, Account.source_id.in_(chunk)
        )
        found.update((str(row.source_id), row.id) for row in db.session.execute(statement))
    return found


def board_by_slug(slug: str) -> Board | None:
    """As it is now; who may read it stays so until the transaction ends."""
    wanted = select(Board).where(Board.slug == slug).with_for_update(read=True)
    return db.session.execute(wanted.execution_options(populate_existing=True)).scalar()


def next_board_position() -> int:
    return (
        int(db.session.execute(select(func.coalesce(func.max(Board.position), 0))).scalar_one()) + 1
    )


def tag_ids(names: Collection[str]) -> dict[str, int]:
    statement = select(Tag.name, Tag.id).where(Tag.name.in_(names))
    return {row.name: row.id for row in db.session.execute(statement)} if names else {}


def boards_of_source(source: str) -> list[int]:
    statement = select(Topic.board_id).where(Topic.source == source).distinct()
    return list(db.session.execute(statement).scalars())


def accounts_of_source(source: str) -> list[int]:
    statement = select(Account.id).where(Account.source == source).order_by(Account.id)
    return list(db.session.execute(statement).scalars())


def _chunks(values: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = list(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
