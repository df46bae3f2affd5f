""" "Did this help?" The answer belongs to the revision that was read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.errors import N_, Conflict
from app.core.rules import require
from app.knowledge import queries, rules
from app.knowledge.models import ArticleFeedback, Revision

_COUNTERS = {True: Revision.helpful_count, False: Revision.unhelpful_count}


def rate_article(viewer: Actor, article_id: int, *, revision_id: int, helpful: bool) -> None:
    """Count one answer. A member may change it; the view bounds how often a guest may answer.

    Raises Conflict when readers see another revision by now.
    """
    article = queries.article_or_404(article_id, viewer)
    require(rules.can_rate_article(viewer, article))
    if article.current_revision_id != revision_id:
        raise Conflict(
            N_(
                "This article was revised while you were reading. Please look at the new text first."
            )
        )
    before = queries.feedback_of(viewer, revision_id)
    if before is None:
        _add(viewer, article_id, revision_id, helpful)
    elif before != helpful:
        _change(viewer, revision_id, helpful)


def _add(viewer: Actor, article_id: int, revision_id: int, helpful: bool) -> None:
    new = insert_once(
        ArticleFeedback,
        article_id=article_id,
        revision_id=revision_id,
        account_id=viewer.id,
        helpful=helpful,
        given_at=clock.now(),
    )
    if new:
        _count(revision_id, helpful, 1)


def _change(viewer: Actor, revision_id: int, helpful: bool) -> None:
    db.session.execute(
        update(ArticleFeedback)
        .where(ArticleFeedback.revision_id == revision_id, ArticleFeedback.account_id == viewer.id)
        .values(helpful=helpful, given_at=clock.now())
    )
    _count(revision_id, helpful, 1)
    _count(revision_id, not helpful, -1)


def _count(revision_id: int, helpful: bool, by: int) -> None:
    counter: Any = _COUNTERS[helpful]
    db.session.execute(
        update(Revision).where(Revision.id == revision_id).values({counter: counter + by})
    )
