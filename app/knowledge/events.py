"""Facts of the knowledge base. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AnswerSuggested(Event):
    """An accepted answer waits for somebody to make an article of it."""

    suggestion_id: int
    topic_id: int
    post_id: int


@dataclass(frozen=True, kw_only=True)
class SuggestionDeclined(Event):
    """The team will not make an article of this answer."""

    suggestion_id: int
    topic_id: int
    post_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleSentToReview(Event):
    """The newest revision waits for somebody to read it."""

    article_id: int
    revision_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(Event):
    """Readers see this revision from now on. Source and credit are None for one without a topic.

    Recorded for every published revision; the helper should hear of the first one only.
    """

    article_id: int
    revision_id: int
    topic_id: int | None
    post_id: int | None
    credit_account_id: int | None
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleArchived(Event):
    """Readers no longer see the article."""

    article_id: int
    topic_id: int | None
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleNarrowed(Event):
    """The board of its topic is for fewer people now, and so is the article."""

    article_id: int
    audience: int
