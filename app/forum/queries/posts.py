"""Posts of a topic. What the viewer may not read never leaves the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    select,
)
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account, Rank
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import Acceptance, Post, Topic, Vote
from app.forum.queries.prepared import prepared
from app.forum.queries.visibility import post_readable, post_state_allows, topic_readable

PAGE = 30

Posts = Sequence[Any]
_Parent = aliased(Post)
_ParentAuthor = aliased(Account)


def page_of_posts(
    topic_id: int, viewer: Actor, *, start: int = 0
) -> tuple[Posts, int | None, int | None]:
    """Up to 30 posts below the question from position `start` on.

    Returns the posts, the position where the next page begins and the one where the previous
    page began (None where there is none).
    """
    rows = _run_thread(viewer, topic_id=topic_id, start=start).all()
    following = rows[PAGE].position if len(rows) > PAGE else None
    return rows[:PAGE], following, _previous_start(topic_id, viewer, start) if start else None


def opening_of(topic_id: int, viewer: Actor) -> tuple[Any, Any]:
    """The first post and the solution in one query; None for what the viewer may not read.

    Both carry who accepted the solution and when (None where that is unknown).
    """
    rows = _run_opening(viewer, topic_id=topic_id).all()
    question = next((row for row in rows if row.position == 1), None)
    return question, next((row for row in rows if row.position > 1), None)


def glimpse_of(topic_id: int, viewer: Actor, *, latest: int) -> Posts:
    """The first post and the newest answers, in their order; one query."""
    newest = (
        select(Post.id)
        .where(Post.topic_id == topic_id, Post.kind == "answer", _shown(viewer))
        .order_by(Post.position.desc())
        .limit(latest)
        .correlate(None)
    )
    wanted = (Post.position == 1) | Post.id.in_(newest)
    posts = _posts(viewer).where(Post.topic_id == topic_id, wanted, _shown(viewer))
    return db.session.execute(posts.order_by(Post.position)).all()


def comments_of(post_ids: Sequence[int], viewer: Actor) -> Posts:
    """Comments under these posts, oldest first (a post has at most rules.MAX_COMMENTS)."""
    if not post_ids:
        return []
    return _run_comments(viewer, post_ids=list(post_ids)).all()


def count_comments(post_id: int) -> int:
    return int(
        db.session.execute(
            select(func.count()).where(Post.parent_id == post_id, Post.kind == "comment")
        ).scalar_one()
    )


def visible_post(post_id: int, viewer: Actor) -> Any:
    """A post that the viewer may read, with its topic's title; None otherwise."""
    return _run_post(viewer, post_id=post_id).first()


def post_or_404(post_id: int, viewer: Actor) -> Any:
    post = visible_post(post_id, viewer)
    if post is None:
        raise NotFound()
    return post


def post_to_change(post_id: int) -> Any:
    """A post that was not removed, its topic locked; for actions that asked their own rule."""
    return db.session.execute(
        select(
            Post.id,
            Post.topic_id,
            Post.author_id,
            Post.kind,
            Post.position,
            Post.state,
            Topic.state.label("topic_state"),
            Topic.board_id,
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == post_id, Post.state != "removed", Topic.state != "removed")
        .with_for_update(of=Topic)
    ).first()


def vote_id(post_id: int, account_id: int) -> int:
    """The row of this member's thanks for this post; 0 where there is none."""
    mine = select(Vote.id).where(Vote.post_id == post_id, Vote.account_id == account_id)
    return db.session.execute(mine).scalar() or 0


def next_position(topic_id: int) -> int:
    """One after the highest position ever given; call with the topic locked."""
    highest = select(func.max(Post.position)).where(Post.topic_id == topic_id)
    return (db.session.execute(highest).scalar() or 0) + 1


@prepared
def _run_post(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return (
        _posts(viewer, Post.text, Topic.title.label("topic_title"), Topic.audience)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.id == bindparam("post_id", type_=BigInteger))
        .where(topic_readable(viewer), post_readable(viewer))
    )


def _thread(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return _posts(viewer).where(
        Post.topic_id == bindparam("topic_id", type_=BigInteger),
        Post.position > 1,
        Post.kind != "comment",
        _shown(viewer),
    )


@prepared
def _run_thread(viewer: Actor) -> Select[*tuple[Any, ...]]:
    from_here = Post.position >= bindparam("start", type_=BigInteger)
    return _thread(viewer).where(from_here).order_by(Post.position).limit(PAGE + 1)


@prepared
def _run_opening(viewer: Actor) -> Select[*tuple[Any, ...]]:
    accepter = aliased(Account)
    return (
        _posts(
            viewer,
            Acceptance.accepted_by,
            Acceptance.accepted_at,
            accepter.name.label("accepted_by_name"),
        )
        .outerjoin(Acceptance, and_(Acceptance.post_id == Post.id, Acceptance.position == 1))
        .outerjoin(accepter, accepter.id == Acceptance.accepted_by)
        .where(Post.topic_id == bindparam("topic_id", type_=BigInteger))
        .where((Post.position == 1) | (Acceptance.id.is_not(None) & post_state_allows(viewer)))
        .where(_shown(viewer))
    )


@prepared
def _run_comments(viewer: Actor) -> Select[*tuple[Any, ...]]:
    below = Post.parent_id.in_(bindparam("post_ids", expanding=True))
    return (
        _posts(viewer).where(below, Post.kind == "comment", _shown(viewer)).order_by(Post.position)
    )


def _previous_start(topic_id: int, viewer: Actor, start: int) -> int:
    """Where the page before `start` begins; 0 for the very first one."""
    before = (
        _thread(viewer)
        .with_only_columns(Post.position)
        .where(Post.position < start)
        .order_by(Post.position.desc())
        .limit(PAGE + 1)
    )
    values = {"topic_id": topic_id, "viewer_id": viewer.id}
    positions = list(db.session.execute(before, values).scalars())
    return positions[PAGE - 1] if len(positions) > PAGE else 0


def _shown(viewer: Actor) -> ColumnElement[bool]:
    """Readable posts, and hidden ones as placeholders (who hid, why and the text stay away)."""
    return post_state_allows(viewer) | (Post.state == "hidden")


def _posts(viewer: Actor, *more: Any) -> Select[*tuple[Any, ...]]:
    readable = post_state_allows(viewer)

    def only(column: Any) -> Any:
        return case((readable, column), else_=null())

    return (
        select(
            Post.id,
            Post.topic_id,
            Post.parent_id,
            Post.kind,
            Post.position,
            Post.state,
            Post.created_at,
            Post.edited_at,
            Post.official_at.is_not(None).label("official"),
            (Post.votes_count + Post.imported_score).label("score"),
            only(Post.html).label("html"),
            only(Post.author_id).label("author_id"),
            only(Account.name).label("author_name"),
            only(Account.role).label("author_role"),
            only(Account.state).label("author_state"),
            only(Rank.name_de).label("name_de"),
            only(Rank.name_en).label("name_en"),
            exists().where(Vote.post_id == Post.id, Vote.account_id == viewer.id).label("voted"),
            case((_parent_readable(viewer), _ParentAuthor.name), else_=null()).label(
                "parent_author"
            ),
            *more,
        )
        .select_from(Post)
        .join(Account, Account.id == Post.author_id)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(_Parent, and_(_Parent.id == Post.parent_id, _Parent.position > 1))
        .outerjoin(_ParentAuthor, _ParentAuthor.id == _Parent.author_id)
    )


def _parent_readable(viewer: Actor) -> ColumnElement[bool]:
    """Naming whom a post answers must not name the author of a hidden one."""
    if viewer.is_staff:
        return _Parent.state != "removed"
    return _Parent.state == "visible"


def root_position(post: Any) -> int:
    """Where a post stands on the topic page: a comment stands with the post above it."""
    if post.kind != "comment":
        return int(post.position)
    parent = select(Post.position).where(Post.id == post.parent_id)
    return int(db.session.execute(parent).scalar_one())


def passages(topic_ids: Sequence[int], viewer: Actor) -> dict[int, str]:
    """The HTML in which a search looks for its passage: question and solution of each topic."""
    if not topic_ids:
        return {}
    rows = db.session.execute(
        select(Post.topic_id, Post.html)
        .outerjoin(Acceptance, Acceptance.post_id == Post.id)
        .where(Post.topic_id.in_(topic_ids), post_readable(viewer))
        .where((Post.position == 1) | Acceptance.id.is_not(None))
        .order_by(Acceptance.id.is_(None), Post.position)
    )
    texts: dict[int, str] = {}
    for row in rows:
        texts[row.topic_id] = texts.get(row.topic_id, "") + row.html
    return texts


def solutions_of(topic_ids: Sequence[int], viewer: Actor) -> dict[int, str]:
    """The HTML of the solution of each topic, where everybody of its audience can read it."""
    if not topic_ids:
        return {}
    rows = db.session.execute(
        select(Post.topic_id, Post.html)
        .join(Acceptance, and_(Acceptance.post_id == Post.id, Acceptance.position == 1))
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.topic_id.in_(topic_ids), topic_readable(viewer), Post.state == "visible")
    )
    return {row.topic_id: row.html for row in rows}
