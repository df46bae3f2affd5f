"""What the knowledge base does when something happens elsewhere. All of it is safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.jobs import batch
from app.knowledge import actions, search


def suggest_article(*, topic_id: int) -> None:
    """A solution was accepted, taken back, hidden or shown again: suggestions follow it."""
    actions.suggest_solution(topic_id)


@batch
def index_article(changed: Sequence[dict[str, int]]) -> None:
    """Bring articles up to date in the search index; one commit for all that wait."""
    search.update_index([change["article_id"] for change in changed])
