"""The post that a case is about, with what a decision has to know and to keep of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, not_, select
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account, Rank
from app.core.db import db
from app.core.errors import NotFound
from app.forum import queries as forum
from app.forum.models import Board, Post, Topic

_Host = aliased(Post)
NEIGHBOURS = 1  # posts shown before and after the one in question

#: A first post is as visible as its topic.
STATE = case((Post.position == 1, Topic.state), else_=Post.state)


def item_or_404(post_id: int, viewer: Actor) -> Row[Any]:
    """The post as far as the viewer may read it."""
    found = db.session.execute(_items().where(Post.id == post_id, *_readable(viewer))).one_or_none()
    if found is None:
        raise NotFound()
    return found


def item_to_change(post_id: int, actor: Actor) -> Row[Any]:
    """The same, with the topic locked until the transaction ends: two decisions never cross."""
    if forum.post_to_change(post_id) is None:
        raise NotFound()
    return item_or_404(post_id, actor)


def item_of(post_id: int) -> Row[Any] | None:
    """For work behind the request, which acts for nobody; None once the post was removed."""
    statement = _items().where(Post.id == post_id, Post.state != "removed")
    return db.session.execute(statement.where(Topic.state != "removed")).one_or_none()


def first_post_of(topic_id: int) -> int | None:
    return db.session.execute(
        select(Post.id).where(Post.topic_id == topic_id, Post.position == 1)
    ).scalar()


def around(item: Any, viewer: Actor) -> tuple[Sequence[Any], Sequence[Any]]:
    """What stands right before and right after the post, as far as the viewer may read it."""
    near: Any = (
        select(Post.id, Post.html, Post.created_at, Account.name.label("author_name"))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Account, Account.id == Post.author_id)
        .where(Post.topic_id == item.topic_id, *_readable(viewer))
        .limit(NEIGHBOURS)
    )
    before = near.where(Post.position < item.position).order_by(Post.position.desc())
    after = near.where(Post.position > item.position).order_by(Post.position)
    return db.session.execute(before).all()[::-1], db.session.execute(after).all()


def has_visible_post(account_id: int) -> bool:
    """Has anything by this person been published and stands?"""
    published = (
        exists()
        .where(Post.author_id == account_id, Post.state == "visible")
        .where(Topic.id == Post.topic_id, Topic.state == "visible")
    )
    return bool(db.session.execute(select(published)).scalar())


def _items() -> Select[Any]:
    return (
        select(
            Post.id,
            Post.topic_id,
            Post.kind,
            Post.position,
            Post.text,
            Post.html,
            Post.author_id,
            Post.created_at,
            STATE.label("state"),
            Topic.title,
            Topic.language,
            Topic.posts_count,
            Topic.board_id,
            Board.name.label("board_name"),
            Account.name.label("author_name"),
            Account.role.label("author_role"),
            Account.state.label("author_state"),
            Account.created_at.label("author_since"),
            Account.posts_count.label("author_posts"),
            Account.solutions_count.label("author_solutions"),
            Rank.name_de,
            Rank.name_en,
        )
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .join(Account, Account.id == Post.author_id)
        .outerjoin(Rank, Rank.id == Account.rank_id)
    )


def _readable(viewer: Actor) -> tuple[Any, Any, Any]:
    return forum.topic_readable(viewer), forum.post_readable(viewer), _host_readable(viewer)


def _host_readable(viewer: Actor) -> ColumnElement[bool]:
    """A comment under a post that the viewer may not read is not for them either."""
    if viewer.is_staff:
        unreadable = _Host.state == "removed"
    else:
        theirs = and_(_Host.author_id == viewer.id, _Host.state != "removed")
        unreadable = and_(_Host.state != "visible", not_(theirs))
    return not_(exists().where(Post.kind == "comment", _Host.id == Post.parent_id, unreadable))
