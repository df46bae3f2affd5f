"""Saying that a post was helpful, and taking that back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.events import record
from app.core.rules import require
from app.forum import queries, rules
from app.forum.events import PostVoted, VoteWithdrawn
from app.forum.models import Post, Topic, Vote


def vote(actor: Actor, *, post_id: int) -> None:
    """Count one thanks of this member; a second time changes nothing."""
    post = queries.post_or_404(post_id, actor)
    require(rules.can_vote(actor, post))
    if insert_once(Vote, post_id=post_id, account_id=actor.id, voted_at=clock.now()):
        _count(post, 1)
        record(PostVoted(**_facts(actor, post), vote_id=queries.vote_id(post_id, actor.account_id)))


def withdraw_vote(actor: Actor, *, post_id: int) -> None:
    """Take one's thanks back; nothing happens where there was none."""
    post = queries.post_or_404(post_id, actor)
    require(rules.can_vote(actor, post))
    vote_id = queries.vote_id(post_id, actor.account_id)
    if vote_id and db.session.execute(delete(Vote).where(Vote.id == vote_id)).rowcount:  # type: ignore[attr-defined]
        _count(post, -1)
        record(VoteWithdrawn(**_facts(actor, post), vote_id=vote_id))


def _facts(actor: Actor, post: Any) -> dict[str, int]:
    return {
        "post_id": post.id,
        "topic_id": post.topic_id,
        "author_id": post.author_id,
        "actor_id": actor.account_id,
    }


def _count(post: Any, change: int) -> None:
    db.session.execute(
        update(Post).where(Post.id == post.id).values(votes_count=Post.votes_count + change)
    )
    db.session.execute(
        update(Topic).where(Topic.id == post.topic_id).values(score=Topic.score + change)
    )
