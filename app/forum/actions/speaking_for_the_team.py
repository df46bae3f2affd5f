"""The team stands behind an answer, or no longer does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.forum import queries, rules
from app.forum.events import AnswerMadeOfficial, OfficialMarkWithdrawn
from app.forum.models import Post
from app.forum.recount import recount_topics


def make_official(actor: Actor, *, post_id: int) -> int:
    """Mark an answer as the team's word; returns the topic's id. A second time changes nothing."""
    post = queries.post_or_404(post_id, actor)
    topic = queries.topic_or_404(post.topic_id, actor, lock=True)
    require(rules.can_make_official(actor, topic, post))
    if not post.official:
        _mark(post, by=actor.id, at=clock.now())
        record(AnswerMadeOfficial(**_facts(actor, post)))
    return int(topic.id)


def withdraw_official(actor: Actor, *, post_id: int) -> int:
    """Take the mark back; returns the topic's id. Nothing happens where there is none."""
    post = queries.post_or_404(post_id, actor)
    topic = queries.topic_or_404(post.topic_id, actor, lock=True)
    require(rules.can_withdraw_official(actor))
    if post.official:
        _mark(post, by=None, at=None)
        record(OfficialMarkWithdrawn(**_facts(actor, post)))
    return int(topic.id)


def _mark(post: Any, *, by: int | None, at: Any) -> None:
    values = {"official_by": by, "official_at": at}
    db.session.execute(update(Post).where(Post.id == post.id).values(values))
    recount_topics([post.topic_id])


def _facts(actor: Actor, post: Any) -> dict[str, int]:
    return {
        "post_id": post.id,
        "topic_id": post.topic_id,
        "author_id": post.author_id,
        "actor_id": actor.account_id,
    }
