"""Articles in the search index, when they or their boards change. All of it is safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.jobs import batch
from app.knowledge import queries, search


@batch
def index_article(changed: Sequence[dict[str, int]]) -> None:
    """Bring articles up to date in the search index; one commit for all that wait."""
    search.update_index([change["article_id"] for change in changed])


@batch
def index_articles_of_board(changed: Sequence[dict[str, int]]) -> None:
    """Bring the articles that stand in these boards, or were made from their topics, up to date."""
    for board_id in sorted({change["board_id"] for change in changed}):
        search.update_index(queries.articles_of_board(board_id))
