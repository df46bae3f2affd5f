"""The way of an article: draft → review → published → archived, each step a Review row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.knowledge import queries, rules
from app.knowledge.events import ArticleArchived, ArticlePublished, ArticleSentToReview
from app.knowledge.models import Article, Review


def submit_for_review(actor: Actor, article_id: int, *, note: str = "") -> None:
    """Ask for a look at the newest words. Asking twice changes nothing."""
    article = queries.article_to_change(article_id, actor)
    require(rules.can_send_to_review(actor, article))
    if article.review_asked_at is not None:
        return
    state = "review" if article.state == "draft" else article.state
    _step(actor, article, "asked", note, state=state, review_asked_at=clock.now())
    record(
        ArticleSentToReview(
            article_id=article_id,
            revision_id=article.latest_revision_id,
            actor_id=actor.account_id,
        )
    )


def send_back(actor: Actor, article_id: int, *, note: str) -> None:
    """Ask the writer for changes; readers keep what they have."""
    article = queries.article_to_change(article_id, actor)
    require(rules.can_send_back(actor, article))
    state = "draft" if article.state == "review" else article.state
    _step(actor, article, "returned", note, state=state, review_asked_at=None)


def publish(actor: Actor, article_id: int, *, by_another: bool = False, note: str = "") -> None:
    """Show the newest words to readers; also brings an archived article back.

    `by_another` is the operator's wish that nobody publishes the own words. Publishing what is
    published already changes nothing.
    """
    article = queries.article_to_change(article_id, actor)
    require(rules.can_edit_articles(actor))
    is_shown = article.current_revision_id == article.latest_revision_id
    if article.state == "published" and is_shown:
        return
    require(rules.can_publish(actor, article, written_by=article.written_by, by_another=by_another))
    moment = clock.now()
    _step(
        actor,
        article,
        "published",
        note,
        state="published",
        current_revision_id=article.latest_revision_id,
        review_asked_at=None,
        published_at=article.published_at or moment,
        reviewed_at=moment,
        reviewed_by=actor.id,
    )
    record(
        ArticlePublished(
            article_id=article_id,
            revision_id=article.latest_revision_id,
            topic_id=article.source_topic_id,
            post_id=article.source_post_id,
            credit_account_id=article.credit_account_id,
            actor_id=actor.account_id,
        )
    )


def archive(actor: Actor, article_id: int, *, note: str = "") -> None:
    """Take an article from the readers and from the work list; archived already, nothing happens."""
    article = queries.article_to_change(article_id, actor)
    require(rules.can_edit_articles(actor))
    if article.state == "archived":
        return
    require(rules.can_archive(actor, article))
    _step(actor, article, "archived", note, state="archived", review_asked_at=None)
    record(
        ArticleArchived(
            article_id=article_id, topic_id=article.source_topic_id, actor_id=actor.account_id
        )
    )


def _step(actor: Actor, article: Any, verdict: str, note: str, **changes: Any) -> None:
    db.session.execute(update(Article).where(Article.id == article.id).values(**changes))
    db.session.add(
        Review(
            article_id=article.id,
            revision_id=article.latest_revision_id,
            verdict=verdict,
            note=note,
            decided_by=actor.account_id,
            decided_at=clock.now(),
        )
    )
