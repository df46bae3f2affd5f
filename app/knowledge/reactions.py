"""What the knowledge base does when something happens elsewhere. All of it is safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.jobs import batch
from app.knowledge import actions, queries, search


def suggest_article(*, topic_id: int) -> None:
    """A solution was accepted, taken back, hidden or shown again: suggestions follow it."""
    actions.suggest_solution(topic_id)


@batch
def index_article(changed: Sequence[dict[str, int]]) -> None:
    """Bring articles up to date in the search index; one commit for all that wait."""
    search.update_index([change["article_id"] for change in changed])


def narrow_articles(*, board_id: int, audience: int) -> None:
    """A board is for others now: no article tells more people what its topic no longer tells them.

    For more people than before nothing opens by itself: the team decides that article by article.
    """
    actions.narrow_articles(board_id, audience)


@batch
def index_articles_of_board(changed: Sequence[dict[str, int]]) -> None:
    """Bring the articles that stand in these boards, or were made from their topics, up to date."""
    for board_id in sorted({change["board_id"] for change in changed}):
        search.update_index(queries.articles_of_board(board_id))
