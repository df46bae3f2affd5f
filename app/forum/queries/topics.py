"""One topic and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, exists, func, select

from app.accounts.actor import GUEST, Actor
from app.accounts.models import Account, Rank
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import (
    Acceptance,
    Board,
    Closure,
    Post,
    SolvedWhileAsking,
    Tag,
    Topic,
    TopicTag,
    Watch,
)
from app.forum.queries.prepared import prepared
from app.forum.queries.visibility import topic_readable

TOPIC_COLUMNS = (
    Topic.id,
    Topic.board_id,
    Topic.author_id,
    Topic.kind,
    Topic.title,
    Topic.state,
    Topic.audience,
    Topic.language,
    Topic.created_at,
    Topic.last_post_at,
    Topic.last_author_id,
    Topic.posts_count,
    Topic.answers_count,
    Topic.score,
    Topic.views,
    Topic.solved,
    Topic.official,
    Topic.closed,
    Topic.pinned,
    Board.slug.label("board_slug"),
    Board.name.label("board_name"),
    Board.post_audience,
    Account.name.label("author_name"),
    Account.state.label("author_state"),
)

_TOPICS = (
    select(*TOPIC_COLUMNS)
    .select_from(Topic)
    .join(Board, Board.id == Topic.board_id)
    .join(Account, Account.id == Topic.author_id)
)
_TAGS = (
    select(Tag.name)
    .join(TopicTag, TopicTag.tag_id == Tag.id)
    .where(TopicTag.topic_id == bindparam("topic_id", type_=BigInteger))
    .order_by(TopicTag.position)
)
_BETWEEN = "\x1f"  # the tags of a topic in one column; no tag has this character


def topics(*more: Any) -> Select[*tuple[Any, ...]]:
    """Topics with their board and author: the start of every list and of the topic page."""
    return _TOPICS.add_columns(*more) if more else _TOPICS


def topic_or_404(topic_id: int, viewer: Actor, *, lock: bool = False) -> Any:
    """The topic, its tags, and whether the viewer watches it; NotFound unless the viewer may read it.

    `lock` holds the topic's row until the transaction ends (PostgreSQL; SQLite has one writer).
    """
    topic = _run_topic(viewer, lock, topic_id=topic_id).first()
    if topic is None:
        raise NotFound()
    return topic


@prepared
def _run_topic(viewer: Actor, lock: bool) -> Select[*tuple[Any, ...]]:
    watching = exists().where(Watch.topic_id == Topic.id, Watch.account_id == viewer.id)
    wanted = Topic.id == bindparam("topic_id", type_=BigInteger)
    names = _TAGS.subquery()
    tags = select(func.aggregate_strings(names.c.name, _BETWEEN)).scalar_subquery()
    columns = (watching.label("watching"), tags.label("tag_names"))
    statement = topics(*columns).where(wanted, topic_readable(viewer))
    return statement.with_for_update(of=Topic) if lock else statement


def tags_in(topic: Any) -> list[str]:
    """The tags of a topic from topic_or_404()."""
    return topic.tag_names.split(_BETWEEN) if topic.tag_names else []


def tags_of(topic_id: int) -> list[str]:
    return list(db.session.execute(_TAGS, {"topic_id": topic_id}).scalars())


def closure_of(topic_id: int) -> Any:
    """Who closed the topic, when and why."""
    return db.session.execute(
        select(Account.name.label("by"), Closure.closed_at.label("at"), Closure.reason)
        .outerjoin(Account, Account.id == Closure.closed_by)
        .where(Closure.topic_id == topic_id)
    ).first()


def accepted_post(topic_id: int) -> Any:
    """Id and author of the answer that is the solution."""
    return db.session.execute(
        select(Post.id, Post.author_id, Acceptance.id.label("acceptance_id"))
        .join(Acceptance, Acceptance.post_id == Post.id)
        .where(Acceptance.topic_id == topic_id, Acceptance.position == 1)
    ).first()


def watchers(topic_id: int) -> list[int]:
    """Account ids of everybody who wants to be told about new posts."""
    return list(
        db.session.execute(select(Watch.account_id).where(Watch.topic_id == topic_id)).scalars()
    )


def top_helpers(limit: int) -> Sequence[Any]:
    """Members with the most accepted answers."""
    return _run_helpers(GUEST, limit).all()


@prepared
def _run_helpers(_viewer: Actor, limit: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Account.solutions_count.label("solutions"),
            Rank.name_de,
            Rank.name_en,
        )
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .where(Account.solutions_count > 0, Account.state == "active")
        .order_by(Account.solutions_count.desc(), Account.id)
        .limit(limit)
    )


def tag_id(name: str) -> int:
    return int(db.session.execute(select(Tag.id).where(Tag.name == name)).scalar_one())


def was_solved_while_asking(kind: str, thing_id: int, title: str, since: datetime) -> bool:
    same = select(SolvedWhileAsking.id).filter_by(kind=kind, thing_id=thing_id, title=title)
    return db.session.execute(same.where(SolvedWhileAsking.solved_at > since)).first() is not None
