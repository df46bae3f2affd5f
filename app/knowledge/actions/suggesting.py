"""From an accepted answer to a suggestion, and from there to an article or to "no, thank you"."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.events import record
from app.core.rules import require
from app.knowledge import queries, rules
from app.knowledge.actions.writing import Content, Source, draft_article
from app.knowledge.events import AnswerSuggested, SuggestionDeclined
from app.knowledge.models import Suggestion


def suggest_solution(topic_id: int) -> None:
    """The house, when a solution was accepted, taken back, hidden or shown again: bring the
    suggestions of its topic in step with it, whatever happened before.

    The visible solution has one, a former or hidden one that nobody decided on is withdrawn.
    Decided ones stay decided.
    """
    solution = queries.solution_in(topic_id)
    for suggestion in queries.suggestions_of_topic(topic_id):
        if suggestion.state == "open" and suggestion.post_id != solution:
            suggestion.state = "withdrawn"
        elif suggestion.state == "withdrawn" and suggestion.post_id == solution:
            suggestion.state, suggestion.suggested_at = "open", clock.now()
    db.session.flush()
    if solution is not None:
        _suggest(topic_id, solution)


def promote_answer(
    actor: Actor, suggestion_id: int, content: Content, *, board: Any, audience: int
) -> int:
    """Make a draft of the suggested answer, with its source and the credit; returns its id.

    Promoted already, it returns the article that there is.
    """
    suggestion = queries.suggestion_to_decide(suggestion_id)
    require(rules.can_edit_articles(actor))
    known = queries.article_from(suggestion.post_id)
    if known is not None:
        return known
    require(rules.can_decide_on_suggestion(actor, suggestion))
    source = Source(
        topic_id=suggestion.topic_id,
        post_id=suggestion.post_id,
        credit_account_id=suggestion.author_id,
        language=suggestion.language,
    )
    article_id = draft_article(actor, content, board=board, audience=audience, source=source)
    _decide(actor, suggestion_id, "taken")
    return article_id


def decline_suggestion(actor: Actor, suggestion_id: int, *, reason: str) -> None:
    """Say why this answer becomes no article. Declining twice changes nothing."""
    suggestion = queries.suggestion_to_decide(suggestion_id)
    require(rules.can_edit_articles(actor))
    if suggestion.state == "declined":
        return
    require(rules.can_decide_on_suggestion(actor, suggestion))
    _decide(actor, suggestion_id, "declined", reason)
    record(
        SuggestionDeclined(
            suggestion_id=suggestion_id,
            topic_id=suggestion.topic_id,
            post_id=suggestion.post_id,
            actor_id=actor.account_id,
        )
    )


def _suggest(topic_id: int, post_id: int) -> None:
    """The unique post makes it safe to repeat."""
    new = insert_once(
        Suggestion,
        topic_id=topic_id,
        post_id=post_id,
        state="open",
        suggested_at=clock.now(),
        reason="",
    )
    if new:
        row = next(s for s in queries.suggestions_of_topic(topic_id) if s.post_id == post_id)
        record(AnswerSuggested(suggestion_id=row.id, topic_id=topic_id, post_id=post_id))


def _decide(actor: Actor, suggestion_id: int, state: str, reason: str = "") -> None:
    db.session.execute(
        update(Suggestion)
        .where(Suggestion.id == suggestion_id)
        .values(state=state, decided_by=actor.id, decided_at=clock.now(), reason=reason)
    )
