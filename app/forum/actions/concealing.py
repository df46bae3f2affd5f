"""Hiding a post and showing it again; letting a held one through. Who may is decided by moderation.

These are the verbs that moderation calls after its own rules: they write the state row, keep the
counters and record the fact.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import Event, record
from app.forum import queries
from app.forum.events import (
    AnswerPublished,
    PostConcealed,
    PostRevealed,
    TopicPublished,
)
from app.forum.models import Hiding, Post, Topic
from app.forum.recount import recount_topics


def conceal_post(post_id: int, *, by: Actor | None, reason: str = "") -> None:
    """Hide a visible or held post from others; with a first post its whole topic.

    A post that is hidden already stays so quietly. Raises NotFound for one that was removed.
    """
    post = _locked(post_id)
    if _state(post) == "hidden":
        return
    db.session.add(
        Hiding(
            post_id=post_id,
            hidden_by=by.id if by else None,
            hidden_at=clock.now(),
            reason=reason,
        )
    )
    _set_state(post, "hidden")
    record(PostConcealed(**_facts(post)))


def reveal_post(post_id: int, *, first_time: bool = False) -> None:
    """Show a hidden post again; one that is visible stays so quietly.

    `first_time` for a post that was held and then refused: nobody has ever been told of it.
    """
    post = _locked(post_id)
    if _state(post) != "hidden":
        return
    db.session.execute(delete(Hiding).where(Hiding.post_id == post_id))
    _set_state(post, "visible")
    record(PostRevealed(**_facts(post)))
    if first_time:
        record(_published(post))


def approve_post(post_id: int) -> None:
    """Let a held post be seen: from now on watchers, points and index know of it."""
    post = _locked(post_id)
    if _state(post) != "held":
        return
    _set_state(post, "visible")
    record(_published(post))


def _locked(post_id: int) -> Any:
    post = queries.post_to_change(post_id)
    if post is None:
        raise NotFound()
    return post


def _state(post: Any) -> str:
    """A first post is as visible as its topic: a held topic has a first post that is not."""
    return str(post.topic_state if post.position == 1 else post.state)


def _set_state(post: Any, state: str) -> None:
    """A topic goes with its first post; both rows say so, whoever loads one alone."""
    db.session.execute(update(Post).where(Post.id == post.id).values(state=state))
    if post.position == 1:
        db.session.execute(update(Topic).where(Topic.id == post.topic_id).values(state=state))
    recount_topics([post.topic_id])


def _facts(post: Any) -> dict[str, int]:
    return {"post_id": post.id, "topic_id": post.topic_id, "author_id": post.author_id}


def _published(post: Any) -> Event:
    if post.position == 1:
        return TopicPublished(**_facts(post), board_id=post.board_id)
    return AnswerPublished(**_facts(post))
