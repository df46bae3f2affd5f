"""Lists of topics, paged by key: every page starts after the last row of the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, exists, func, or_, select

from app.accounts.actor import Actor
from app.core.db import any_number, db
from app.forum.models import Acceptance, Post, Tag, Topic, TopicTag
from app.forum.queries.prepared import prepared
from app.forum.queries.topics import topics
from app.forum.queries.visibility import post_readable, topic_listed, topic_readable

PAGE = 20
FILTERS = ("new", "unanswered", "unsolved", "solved", "popular")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_QUESTION = Topic.kind == "question"
_CONDITIONS: dict[str, tuple[Any, ...]] = {
    "new": (),
    "unanswered": (_QUESTION, Topic.answers_count == 0, Topic.closed.is_(False)),
    "unsolved": (_QUESTION, Topic.solved.is_(False)),
    "solved": (_QUESTION, Topic.solved.is_(True)),
    "popular": (),
}
_NEWEST = (Topic.last_post_at.desc(), Topic.id.desc())
_BEST = (Topic.score.desc(), Topic.id.desc())

Rows = tuple[Sequence[Any], tuple[int, ...] | None]


def list_topics(
    viewer: Actor,
    filter_: str,
    *,
    after: tuple[int, ...] | None = None,
    board_id: int | None = None,
    tag: str | None = None,
    limit: int = PAGE,
) -> Rows:
    """One page of a filter and the key after which the next begins (None on the last page)."""
    if after is None and tag is None:
        rows = _run_first_page(viewer, filter_, board_id is None, limit, board_id=board_id).all()
        return _cut(rows, limit, key_of(filter_))
    statement = topics().where(topic_listed(viewer), *_CONDITIONS[filter_])
    if board_id is not None:
        statement = statement.where(Topic.board_id == board_id)
    if tag is not None:
        statement = statement.where(_has_tag(tag))
    return (
        _popular(statement, after, limit)
        if filter_ == "popular"
        else _latest(statement, after, limit)
    )


@prepared
def _run_first_page(
    viewer: Actor, filter_: str, all_boards: bool, limit: int
) -> Select[*tuple[Any, ...]]:
    """What most people look at: the page without a key."""
    statement = first_page(viewer, filter_)
    if not all_boards:
        statement = statement.where(Topic.board_id == bindparam("board_id", type_=BigInteger))
    return statement.limit(limit + 1)


def first_page(viewer: Actor, filter_: str, *more: Any) -> Select[*tuple[Any, ...]]:
    """A filter from its beginning, for the start page too."""
    statement = topics(*more).where(topic_listed(viewer), *_CONDITIONS[filter_])
    return statement.order_by(*(_BEST if filter_ == "popular" else _NEWEST))


def key_of(filter_: str) -> Callable[[Any], tuple[int, int]]:
    """By what a filter is ordered, falling."""
    return _score_key if filter_ == "popular" else _time_key


def waiting_questions(viewer: Actor, limit: int) -> Sequence[Any]:
    """Questions without any answer, the oldest first."""
    statement = topics().where(topic_listed(viewer), *_CONDITIONS["unanswered"])
    return db.session.execute(statement.order_by(Topic.created_at, Topic.id).limit(limit)).all()


def topics_with_tag(viewer: Actor, tag: str, *, after: tuple[int, ...] | None = None) -> Rows:
    return list_topics(viewer, "new", after=after, tag=tag)


def _has_tag(tag: str) -> ColumnElement[bool]:
    return Topic.id.in_(
        select(TopicTag.topic_id).join(Tag, Tag.id == TopicTag.tag_id).where(Tag.name == tag)
    )


def topics_by_member(
    viewer: Actor, account_id: int, *, after: tuple[int, ...] | None = None
) -> Rows:
    """What a member asked; the member and staff also see held and hidden ones."""
    statement = topics().where(topic_readable(viewer), Topic.author_id == account_id)
    return _page(statement.order_by(Topic.id.desc()), Topic.id, after, PAGE)


def posts_by_member(
    viewer: Actor, account_id: int, *, after: tuple[int, ...] | None = None
) -> Rows:
    """Topics in which a member answered, newest answer first, one row per answer."""
    statement = (
        topics(
            Post.id.label("post_id"),
            Post.created_at.label("posted_at"),
            Post.html,
            exists().where(Acceptance.post_id == Post.id).label("accepted"),
        )
        .join(Post, Post.topic_id == Topic.id)
        .where(topic_readable(viewer), post_readable(viewer))
        .where(Post.author_id == account_id, Post.kind.in_(("answer", "comment")))
        .order_by(Post.id.desc())
    )
    return _page(statement, Post.id, after, PAGE, key="post_id")


def topics_by_ids(viewer: Actor, ids: Sequence[int]) -> dict[int, Any]:
    """The readable ones among `ids`, by id; for search results and similar topics."""
    rows = db.session.execute(topics().where(topic_listed(viewer), Topic.id.in_(ids)))
    return {row.id: row for row in rows}


def tags_of_topics(topic_ids: Sequence[int]) -> dict[int, list[str]]:
    """The tags of topics that were checked before."""
    if not topic_ids:
        return {}
    rows = db.session.execute(
        select(TopicTag.topic_id, Tag.name)
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(TopicTag.topic_id.in_(topic_ids))
        .order_by(TopicTag.topic_id, TopicTag.position)
    )
    tags: dict[int, list[str]] = {}
    for row in rows:
        tags.setdefault(row.topic_id, []).append(row.name)
    return tags


def tag_in_use(viewer: Actor, name: str) -> bool:
    """Whether a topic that the viewer may see has this tag."""
    statement = (
        select(Topic.id)
        .join(TopicTag, TopicTag.topic_id == Topic.id)
        .join(Tag, Tag.id == TopicTag.tag_id)
        .where(topic_listed(viewer), Tag.name == name)
    )
    return db.session.execute(statement.limit(1)).first() is not None


def tags_in_use(viewer: Actor, *, limit: int = 200) -> Sequence[Any]:
    """The most used tags with the number of topics that the viewer may see."""
    count = func.count().label("topics_count")
    return db.session.execute(
        select(Tag.name, count)
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .join(Topic, Topic.id == TopicTag.topic_id)
        .where(topic_listed(viewer))
        .group_by(Tag.id, Tag.name)
        .order_by(count.desc(), Tag.name)
        .limit(limit)
    ).all()


def _latest(statement: Select[*tuple[Any, ...]], after: tuple[int, ...] | None, limit: int) -> Rows:
    if after is not None and len(after) == 2 and 0 <= after[0] <= _LAST:
        moment = _EPOCH + timedelta(microseconds=after[0])
        statement = statement.where(*_behind(Topic.last_post_at, moment, after[1]))
    rows = db.session.execute(statement.order_by(*_NEWEST).limit(limit + 1)).all()
    return _cut(rows, limit, _time_key)


def _popular(
    statement: Select[*tuple[Any, ...]], after: tuple[int, ...] | None, limit: int
) -> Rows:
    if after is not None and len(after) == 2:
        statement = statement.where(*_behind(Topic.score, any_number(after[0]), after[1]))
    rows = db.session.execute(statement.order_by(*_BEST).limit(limit + 1)).all()
    return _cut(rows, limit, _score_key)


def _behind(column: Any, value: Any, topic_id: int) -> tuple[ColumnElement[bool], ...]:
    """Rows after this key in falling order. Without the first condition a page far down would read
    the index from its beginning: no database finds a range in the second one.
    """
    return column <= value, or_(column < value, Topic.id < topic_id)


def _page(
    statement: Select[*tuple[Any, ...]],
    column: Any,
    after: tuple[int, ...] | None,
    limit: int,
    key: str = "id",
) -> Rows:
    if after is not None:
        statement = statement.where(column < after[0])
    rows = db.session.execute(statement.limit(limit + 1)).all()
    return _cut(rows, limit, lambda row: (getattr(row, key),))


def _cut(rows: Sequence[Any], limit: int, key: Any) -> Rows:
    return rows[:limit], key(rows[limit - 1]) if len(rows) > limit else None


def _time_key(row: Any) -> tuple[int, int]:
    return _microseconds(row.last_post_at), row.id


def _score_key(row: Any) -> tuple[int, int]:
    return row.score, row.id


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
