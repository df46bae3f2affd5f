"""The counters of topics, boards and members, counted anew from the rows.

Topics (the actions keep the same figures as they write):
- posts_count: visible posts of every kind but notes, the question included
- answers_count: visible answers; comments and notes are none
- score: votes_count + imported_score of all visible posts
- solved: there is an acceptance of a visible post
- official: the team stands behind a visible answer
- last_post_id, last_post_at, last_author_id: the visible post with the highest id that is not a
  note; without one nobody, and the time of the topic itself

Boards: topics_count, visible topics; questions_count, those of kind question; solved_count, the
solved ones among these questions.

Members, counting only what every guest may see, so that no figure tells of a closed board:
- topics_count: visible topics that the public may read
- posts_count: visible posts but notes in such topics
- solutions_count: those among them that were accepted in somebody else's topic; who solves the
  own question has helped nobody else
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from app.accounts.actor import PUBLIC
from app.accounts.models import Account
from app.core.db import Base, db, transaction
from app.forum.models import Acceptance, Board, Post, Topic

CHUNK = 500  # rows per transaction: others who wait to write wait no longer

Recount = Callable[[Sequence[int]], int]

COUNTED = and_(Post.state == "visible", Post.kind != "note")
_ABOVE = aliased(Post)
#: For members: a comment under what guests cannot see must not show in a figure either.
SEEN = and_(
    COUNTED,
    or_(
        Post.kind != "comment",
        exists().where(_ABOVE.id == Post.parent_id, _ABOVE.state == "visible"),
    ),
)
PUBLIC_TOPIC = and_(Topic.state == "visible", Topic.audience == PUBLIC)


def recount_topics(topic_ids: Sequence[int]) -> int:
    """Put these topics' counters right, inside transaction(); returns how many were wrong."""
    _lock(Topic, topic_ids)
    counts = _post_counts(topic_ids)
    last = select(Post).where(Post.id == counts.c.last_post_id).correlate(counts)
    return _put_right(
        Topic,
        counts,
        {
            "posts_count": counts.c.posts_count,
            "answers_count": counts.c.answers_count,
            "score": counts.c.score,
            "solved": counts.c.solved,
            "official": counts.c.official,
            "last_post_id": counts.c.last_post_id,
            "last_post_at": func.coalesce(
                last.with_only_columns(Post.created_at).scalar_subquery(), Topic.created_at
            ),
            "last_author_id": last.with_only_columns(Post.author_id).scalar_subquery(),
        },
    )


def recount_boards(board_ids: Sequence[int]) -> int:
    """Put these boards' counters right, inside transaction(); returns how many were wrong."""
    _lock(Board, board_ids)
    visible = Topic.state == "visible"
    question = and_(visible, Topic.kind == "question")
    counts = (
        select(
            Board.id,
            _number_of(visible).label("topics_count"),
            _number_of(question).label("questions_count"),
            _number_of(and_(question, Topic.solved)).label("solved_count"),
        )
        .outerjoin(Topic, Topic.board_id == Board.id)
        .where(Board.id.in_(board_ids))
        .group_by(Board.id)
        .subquery()
    )
    return _put_right(Board, counts, _same_names(counts))


def recount_members(account_ids: Sequence[int]) -> int:
    """Put these members' counters right, inside transaction(); returns how many were wrong."""
    _lock(Account, account_ids)
    topics, posts = _public_topics(account_ids), _public_posts(account_ids)
    counts = (
        select(
            Account.id,
            func.coalesce(topics.c.topics, 0).label("topics_count"),
            func.coalesce(posts.c.posts, 0).label("posts_count"),
            func.coalesce(posts.c.solutions, 0).label("solutions_count"),
        )
        .outerjoin(topics, topics.c.author_id == Account.id)
        .outerjoin(posts, posts.c.author_id == Account.id)
        .where(Account.id.in_(account_ids))
        .subquery()
    )
    return _put_right(Account, counts, _same_names(counts))


def recount_everything(progress: Callable[[int], None] = lambda _rows: None) -> dict[str, int]:
    """Every counter, in short transactions of its own; how many rows of each kind were wrong.

    Topics come first, because boards count what topics say.
    """
    return {
        "topics": in_chunks(recount_topics, _ids(Topic), progress),
        "boards": in_chunks(recount_boards, _ids(Board), progress),
        "accounts": in_chunks(recount_members, _ids(Account), progress),
    }


def count_rows() -> int:
    """How far `progress` will come."""
    return sum(
        int(db.session.execute(select(func.count()).select_from(model)).scalar_one())
        for model in (Topic, Board, Account)
    )


def in_chunks(
    recount: Recount, ids: Sequence[int], progress: Callable[[int], None] = lambda _rows: None
) -> int:
    """`recount` for all of them, CHUNK rows per transaction; returns how many were wrong."""
    wrong = 0
    for chunk in _chunks(ids):
        with transaction():
            wrong += recount(chunk)
        progress(len(chunk))
    return wrong


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _ids(model: type[Any]) -> list[int]:
    """Eight bytes each: a million topics are no burden."""
    return list(db.session.execute(select(model.id).order_by(model.id)).scalars())


def _lock(model: type[Any], ids: Sequence[int]) -> None:
    """PostgreSQL: nobody changes the row between counting and writing (SQLite has one writer)."""
    statement = select(model.id).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    db.session.execute(statement)


# Grouped once for all members: as subqueries per member PostgreSQL, before its first ANALYZE of an
# imported forum, took minutes.
def _public_topics(account_ids: Sequence[int]) -> Subquery:
    return (
        select(Topic.author_id, func.count().label("topics"))
        .where(Topic.author_id.in_(account_ids), PUBLIC_TOPIC)
        .group_by(Topic.author_id)
        .subquery()
    )


def _public_posts(account_ids: Sequence[int]) -> Subquery:
    helped = and_(Acceptance.id.is_not(None), Topic.author_id != Post.author_id)
    return (
        select(
            Post.author_id,
            func.count().label("posts"),
            _number_of(helped).label("solutions"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(Acceptance, Acceptance.post_id == Post.id)
        .where(Post.author_id.in_(account_ids), SEEN, PUBLIC_TOPIC)
        .group_by(Post.author_id)
        .subquery()
    )


def _post_counts(topic_ids: Sequence[int]) -> Subquery:
    """One row per topic, also for a topic without any post."""
    solved = (
        select(Acceptance.id)
        .join(Post, Post.id == Acceptance.post_id)
        .where(Acceptance.topic_id == Topic.id, COUNTED)
        .correlate(Topic)
    )
    score = func.sum(Post.votes_count + Post.imported_score).filter(Post.state == "visible")
    return (
        select(
            Topic.id,
            _number_of(COUNTED).label("posts_count"),
            _number_of(and_(COUNTED, Post.kind == "answer")).label("answers_count"),
            func.coalesce(score, 0).label("score"),
            solved.exists().label("solved"),
            (_number_of(and_(COUNTED, Post.official_at.is_not(None))) > 0).label("official"),
            func.max(Post.id).filter(COUNTED).label("last_post_id"),
        )
        .outerjoin(Post, Post.topic_id == Topic.id)
        .where(Topic.id.in_(topic_ids))
        .group_by(Topic.id)
        .subquery()
    )


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _same_names(counts: Subquery) -> dict[str, ColumnElement[Any]]:
    return {column.name: column for column in counts.c if column.name != "id"}


def _put_right(model: type[Base], counts: Subquery, values: dict[str, ColumnElement[Any]]) -> int:
    """One UPDATE … FROM that touches only the rows that differ."""
    table = model.__table__
    wrong = or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
    statement = update(model).where(table.c.id == counts.c.id, wrong).values(values)
    changed = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(changed.rowcount)  # type: ignore[attr-defined]
