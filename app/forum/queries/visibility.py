"""Who may read what: the one place that decides. Every read of the forum uses these conditions."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.forum.models import Board, Post, Topic


def board_readable(viewer: Actor) -> ColumnElement[bool]:
    return Board.audience <= viewer.audience


def topic_readable(viewer: Actor) -> ColumnElement[bool]:
    """Within the audience and visible; the author and staff also read a held or hidden topic."""
    return and_(
        Topic.audience <= viewer.audience,
        _state_allows(Topic.state, Topic.author_id, viewer),
    )


def topic_listed(viewer: Actor) -> ColumnElement[bool]:
    """What lists and counters show: visible topics only, the same for everybody of an audience."""
    return and_(Topic.state == "visible", Topic.audience <= viewer.audience)


def post_readable(viewer: Actor) -> ColumnElement[bool]:
    """The post, and for a comment the post above it: what hangs under a hidden one is hidden too.

    Always combined with topic_readable by joining the topic.
    """
    above = aliased(Post)
    below_what_is_hidden = exists().where(
        above.id == Post.parent_id, ~_state_allows(above.state, above.author_id, viewer)
    )
    return and_(post_state_allows(viewer), or_(Post.kind != "comment", ~below_what_is_hidden))


def post_state_allows(viewer: Actor) -> ColumnElement[bool]:
    """The post's own state alone; for the topic page, which loads comments by their posts."""
    return _state_allows(Post.state, Post.author_id, viewer)


def _state_allows(state: object, author_id: object, viewer: Actor) -> ColumnElement[bool]:
    if viewer.is_staff:
        return state != "removed"  # type: ignore[return-value]
    visible = state == "visible"
    if viewer.id is None:
        return visible  # type: ignore[return-value]
    own = and_(author_id == viewer.id, state != "removed")  # type: ignore[arg-type]
    return or_(visible, own)  # type: ignore[arg-type]
