"""Following a topic, and stopping to."""

from __future__ import annotations

from sqlalchemy import delete

from app.accounts.actor import Actor
from app.core.db import db
from app.core.rules import require
from app.forum import queries, rules
from app.forum.actions.writing import start_watching
from app.forum.models import Watch


def watch(actor: Actor, *, topic_id: int) -> None:
    """Be told about new posts; a second time changes nothing."""
    require(rules.can_watch(actor, queries.topic_or_404(topic_id, actor)))
    start_watching(actor, topic_id)


def unwatch(actor: Actor, *, topic_id: int) -> None:
    """No longer be told; nothing happens where one did not watch."""
    require(rules.can_watch(actor, queries.topic_or_404(topic_id, actor)))
    db.session.execute(
        delete(Watch).where(Watch.topic_id == topic_id, Watch.account_id == actor.id)
    )
