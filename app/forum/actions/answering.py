"""Answering a topic, or commenting on one post of it."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core import gates
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.rules import require
from app.forum import queries, rules
from app.forum.actions.writing import add_post, start_watching
from app.forum.events import AnswerPublished, PostSubmitted
from app.forum.models import Post


def post_answer(
    actor: Actor, *, topic_id: int, text: str, html: str, parent_id: int | None = None
) -> Post:
    """Answer a topic; with `parent_id` comment on that post (a comment's comment joins its post).

    `html` is core.text.render(text), made before the transaction. Raises NotFound where the actor
    may not see the topic, Forbidden, or Refused at the field "parent" or that of a gate.
    """
    topic = queries.topic_or_404(topic_id, actor, lock=True)
    parent = _parent(actor, topic, parent_id) if parent_id else None
    require(_verdict(actor, topic, parent))
    held = gates.must_hold("post.submit", actor=actor, board=topic, title="", text=text)
    post = add_post(
        actor,
        topic_id=topic_id,
        kind="comment" if parent else "answer",
        text=text,
        html=html,
        held=held,
        parent_id=parent.id if parent else None,
    )
    start_watching(actor, topic_id)
    record(PostSubmitted(post_id=post.id, topic_id=topic_id, author_id=post.author_id, held=held))
    if not held:
        record(AnswerPublished(post_id=post.id, topic_id=topic_id, author_id=post.author_id))
    return post


def _parent(actor: Actor, topic: Any, parent_id: int) -> Any:
    parent = queries.visible_post(parent_id, actor)
    if parent is not None and parent.kind == "comment":
        parent = queries.visible_post(parent.parent_id, actor)
    if parent is None or parent.topic_id != topic.id:
        raise Refused(
            N_("The post that you comment on is no longer there. You can write an answer instead."),
            field="parent",
        )
    return parent


def _verdict(actor: Actor, topic: Any, parent: Any) -> Any:
    if parent is None:
        return rules.can_answer(actor, topic)
    return rules.can_comment(actor, topic, parent, comments=queries.count_comments(parent.id))
