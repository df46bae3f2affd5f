"""Articles in the search index, in the list of hits, and among the answers while somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.actor import Actor
from app.core.search import (
    Document,
    Facts,
    Searchable,
    highlight,
    label,
    likely_hits,
    update_kind,
)
from app.core.text import excerpt, plain
from app.knowledge import queries
from app.knowledge.display import article_url
from app.knowledge.models import TITLE_LENGTH

KIND = "article"
SOURCE_KIND = "topic"
EXCERPT_LENGTH = 220
WORTH = 1.2  # an article was checked; of equals it is read first
LIKELY = 3


def documents(article_ids: Sequence[int]) -> list[Document]:
    """Index documents of the published articles among `article_ids`."""
    return [_document(row) for row in queries.search_material(article_ids)]


def _document(row: Any) -> Document:
    return Document(
        kind=KIND,
        id=row.id,
        title=row.title,
        tags=row.valid_for,
        question=plain(row.problem_html),
        solution=plain(row.solution_html),
        posts="",
        audience=max(row.audience, row.board_audience),
        created_at=row.published_at,
        language=row.language,
        labels=(label("board", row.board_id),) if row.board_id is not None else (),
        worth=WORTH,
    )


def update_index(article_ids: Sequence[int]) -> None:
    """Bring these articles' documents up to date; archived ones disappear. Safe to repeat."""
    update_kind(KIND, article_ids, documents)


def hits(viewer: Actor, rows: Sequence[Any], words: str) -> dict[int, dict[str, Any]]:
    """What the search page shows of these articles, with the passage that has the words."""
    texts = queries.passages([row.revision_id for row in rows])
    return {
        row.id: {
            "kind": KIND,
            "title": highlight(row.title, words, TITLE_LENGTH),
            "url": article_url(row),
            "status": KIND,
            "board_name": row.board_name,
            "valid_for": row.valid_for,
            "created_at": row.reviewed_at,
            "excerpt": highlight(_words_of(texts[row.revision_id]), words, EXCERPT_LENGTH),
        }
        for row in rows
    }


def facts(rows: Sequence[Any]) -> dict[int, Facts]:
    """By what these articles can be narrowed."""
    return {
        row.id: Facts(
            {
                "kind": {KIND: KIND},
                "board": {row.board_slug: row.board_name} if row.board_slug else {},
            },
            row.reviewed_at or row.created_at,
        )
        for row in rows
    }


def source(row: Any) -> tuple[str, int] | None:
    """The topic that an article was made from."""
    return (SOURCE_KIND, row.source_topic_id) if row.source_topic_id is not None else None


def likely_articles(viewer: Actor, things: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    """Slot "ask.answers": articles about each title, with the beginning of their solution."""
    return {thing.id: _likely(viewer, thing.title) for thing in things}


def _likely(viewer: Actor, title: str) -> list[dict[str, Any]]:
    found = likely_hits(title, kind=KIND, restricted=viewer.audience > 0, limit=2 * LIKELY)
    readable = queries.articles_by_ids(viewer, [hit.id for hit in found])
    rows = [readable[hit.id] for hit in found if hit.id in readable][:LIKELY]
    texts = queries.passages([row.revision_id for row in rows])
    return [
        {
            "kind": KIND,
            "id": row.id,
            "title": row.title,
            "url": article_url(row),
            "excerpt": excerpt(plain(texts[row.revision_id].solution_html), EXCERPT_LENGTH),
        }
        for row in rows
    ]


def _words_of(text: Any) -> str:
    return f"{plain(text.problem_html)}\n{plain(text.solution_html)}"


ARTICLES = Searchable(
    ids=queries.article_ids_for_index,
    documents=documents,
    count=queries.count_articles_for_index,
    readable=queries.articles_by_ids,
    hits=hits,
    facts=facts,
    source=source,
)
