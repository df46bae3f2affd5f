"""The asker says which answer solved it, or takes that back."""

from __future__ import annotations

from sqlalchemy import delete, update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.forum import queries, rules
from app.forum.events import AcceptanceWithdrawn, AnswerAccepted
from app.forum.models import Acceptance, Topic

FIRST = 1  # the position of the one solution


def accept_answer(actor: Actor, *, post_id: int) -> int:
    """Mark an answer as the solution, instead of the one before; returns the topic's id.

    Asking twice changes nothing.
    """
    post = queries.post_or_404(post_id, actor)
    topic = queries.topic_or_404(post.topic_id, actor, lock=True)
    require(rules.can_accept_answer(actor, topic, post))
    if _is_accepted(topic.id, post_id):
        return int(topic.id)
    _withdraw(actor, topic.id)
    acceptance = Acceptance(
        topic_id=topic.id,
        post_id=post_id,
        position=FIRST,
        accepted_by=actor.id,
        accepted_at=clock.now(),
    )
    db.session.add(acceptance)
    db.session.flush()
    _set_solved(topic.id, True)
    record(
        AnswerAccepted(
            post_id=post_id,
            topic_id=topic.id,
            author_id=post.author_id,
            actor_id=actor.account_id,
            acceptance_id=acceptance.id,
        )
    )
    return int(topic.id)


def withdraw_acceptance(actor: Actor, *, post_id: int) -> int:
    """Take the mark back; returns the topic's id. Nothing happens when it is not the solution."""
    post = queries.post_or_404(post_id, actor)
    topic = queries.topic_or_404(post.topic_id, actor, lock=True)
    require(rules.can_withdraw_acceptance(actor, topic))
    if _is_accepted(topic.id, post_id):
        _withdraw(actor, topic.id)
        _set_solved(topic.id, False)
    return int(topic.id)


def _is_accepted(topic_id: int, post_id: int) -> bool:
    accepted = queries.accepted_post(topic_id)
    return accepted is not None and accepted.id == post_id


def _withdraw(actor: Actor, topic_id: int) -> None:
    accepted = queries.accepted_post(topic_id)
    if accepted is None:
        return
    db.session.execute(
        delete(Acceptance).where(Acceptance.topic_id == topic_id, Acceptance.position == FIRST)
    )
    record(
        AcceptanceWithdrawn(
            post_id=accepted.id,
            topic_id=topic_id,
            author_id=accepted.author_id,
            actor_id=actor.account_id,
            acceptance_id=accepted.acceptance_id,
        )
    )


def _set_solved(topic_id: int, solved: bool) -> None:
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(solved=solved))
