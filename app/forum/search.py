"""Topics in the search index, in the list of hits, and among the answers while somebody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from app.forum import queries
from app.forum.display import topic_line, topic_url
from app.forum.models import TITLE_LENGTH

KIND = "topic"
EXCERPT_LENGTH = 220
SOLVED_WORTH = 1.1  # a solved topic is read before an open one that is as near
LIKELY = 3  # solved topics beside the articles; more would be a search page
SIMILAR = 6  # kept of each topic; some of them may be hidden later
LIKELY_DEPTH = 15  # hits looked at for them, as not every one is solved


def documents(topic_ids: Sequence[int]) -> list[Document]:
    """Index documents of the visible topics among `topic_ids`: three queries for all of them."""
    topics, posts, tags = queries.search_material(topic_ids)
    texts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    authors: dict[int, set[int]] = defaultdict(set)
    for post in posts:
        texts[post.topic_id][_part(post)].append(plain(post.html))
        authors[post.topic_id].add(post.author_id)
    words: dict[int, list[str]] = defaultdict(list)
    for tag in tags:
        words[tag.topic_id].append(tag.name)
    return [
        _document(topic, texts[topic.id], words[topic.id], authors[topic.id]) for topic in topics
    ]


def _part(post: Any) -> str:
    if post.position == 1:
        return "question"
    return "solution" if post.acceptance_id is not None else "posts"


def _document(
    topic: Any, texts: dict[str, list[str]], tags: Sequence[str], authors: Iterable[int]
) -> Document:
    return Document(
        kind=KIND,
        id=topic.id,
        title=topic.title,
        tags=" ".join(tags),
        question="\n".join(texts["question"]),
        solution="\n".join(texts["solution"]),
        posts="\n".join(texts["posts"]),
        audience=topic.audience,
        created_at=topic.created_at,
        language=topic.language,
        labels=(
            label("board", topic.board_id),
            *(label("tag", tag) for tag in tags),
            *(label("author", author) for author in sorted(authors)),
            *(label("status", status) for status in _status(topic)),
        ),
        worth=SOLVED_WORTH if topic.solved else 1.0,
    )


def _status(topic: Any) -> tuple[str, ...]:
    """Questions are solved or open; what nobody asked is neither."""
    if topic.solved:
        return ("solved",)
    return ("open",) if topic.kind == "question" else ()


def facts(rows: Sequence[Any]) -> dict[int, Facts]:
    """By what these topics can be narrowed; one query for their tags."""
    tags = queries.tags_of_topics([row.id for row in rows])
    return {
        row.id: Facts(
            {
                "kind": {KIND: KIND},
                "status": {status: status for status in _status(row)},
                "board": {row.board_slug: row.board_name},
                "tag": {name: name for name in tags.get(row.id, ())},
            },
            row.created_at,
        )
        for row in rows
    }


def update_index(topic_ids: Sequence[int]) -> None:
    """Bring these topics' documents up to date; invisible ones disappear. Safe to repeat."""
    update_kind(KIND, topic_ids, documents)


def hits(viewer: Actor, rows: Sequence[Any], words: str) -> dict[int, dict[str, Any]]:
    """What the search page shows of these topics, with the passage that has the words."""
    texts = queries.passages([row.id for row in rows], viewer)
    return {
        row.id: {
            **_hit(row, viewer),
            "title": highlight(row.title, words, TITLE_LENGTH),
            "excerpt": highlight(plain(texts.get(row.id, "")), words, EXCERPT_LENGTH),
        }
        for row in rows
    }


def _hit(row: Any, viewer: Actor) -> dict[str, Any]:
    line = topic_line(row, viewer)
    return {
        "kind": KIND,
        "url": line.url,
        "status": line.status,
        "board_name": line.board_name,
        "answers_count": line.answers_count,
        "created_at": line.created_at,
    }


def likely_topics(viewer: Actor, things: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    """Slot "ask.answers": solved topics about each title, with the beginning of their solution."""
    return {thing.id: _likely(viewer, thing.title) for thing in things}


def _likely(viewer: Actor, title: str) -> list[dict[str, Any]]:
    found = likely_hits(title, kind=KIND, restricted=viewer.audience > 0, limit=LIKELY_DEPTH)
    readable = queries.topics_by_ids(viewer, [hit.id for hit in found])
    solved = [readable[h.id] for h in found if h.id in readable and readable[h.id].solved][:LIKELY]
    texts = queries.solutions_of([row.id for row in solved], viewer)
    return [
        {
            "kind": KIND,
            "id": row.id,
            "title": row.title,
            "url": topic_url(row.id, row.title),
            "excerpt": excerpt(plain(texts[row.id]), EXCERPT_LENGTH),
        }
        for row in solved
        if row.id in texts
    ]


def near(topic: Any) -> list[int]:
    """Ids of topics about the same, best first; `topic` has id, title and audience."""
    words = " ".join([topic.title, *queries.tags_of(topic.id)])
    found = likely_hits(words, kind=KIND, restricted=topic.audience > 0, limit=SIMILAR + 1)
    return [hit.id for hit in found if hit.id != topic.id][:SIMILAR]


TOPICS = Searchable(
    ids=queries.topic_ids_for_index,
    documents=documents,
    count=queries.count_topics_for_index,
    readable=queries.topics_by_ids,
    hits=hits,
    facts=facts,
)
