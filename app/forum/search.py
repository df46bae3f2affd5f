"""Topics in the search index: what is put in, and how the index is kept up to date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import current_app

from app.core.search import Document, IndexBusy, IndexLock, SearchEngine, index_lock, open_engine
from app.core.text import plain
from app.forum import queries

KIND = "topic"


def engine() -> SearchEngine:
    """The one engine of this process."""
    return current_app.extensions["helferkreis.search"]  # type: ignore[no-any-return]


def init_search(app: Any) -> None:
    app.extensions["helferkreis.search"] = open_engine(app.extensions["helferkreis.config"])


def documents(topic_ids: Sequence[int]) -> list[Document]:
    """Index documents of the visible topics among `topic_ids`: three queries for all of them."""
    topics, posts, tags = queries.search_material(topic_ids)
    texts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for post in posts:
        texts[post.topic_id][_part(post)].append(plain(post.html))
    words: dict[int, list[str]] = defaultdict(list)
    for tag in tags:
        words[tag.topic_id].append(tag.name)
    return [_document(topic, texts[topic.id], words[topic.id]) for topic in topics]


def _part(post: Any) -> str:
    if post.position == 1:
        return "question"
    return "solution" if post.acceptance_id is not None else "posts"


def _document(topic: Any, texts: dict[str, list[str]], tags: Iterable[str]) -> Document:
    return Document(
        kind=KIND,
        id=topic.id,
        title=topic.title,
        tags=" ".join(tags),
        question="\n".join(texts["question"]),
        solution="\n".join(texts["solution"]),
        posts="\n".join(texts["posts"]),
        board=topic.board_slug,
        solved=topic.solved,
        audience=topic.audience,
        created_at=topic.created_at,
        language=topic.language,
    )


def update_index(topic_ids: Sequence[int]) -> None:
    """Bring these topics' documents up to date; invisible ones disappear. Safe to repeat."""
    found = documents(topic_ids)
    gone = set(topic_ids) - {document.id for document in found}
    engine().update(found, [(KIND, topic_id) for topic_id in gone])


def rebuild(progress: Callable[[int], None]) -> int:
    """Empty the index and fill it again from the database; returns how many topics it holds now.

    `progress` is told after each chunk how many topics it had. Raises IndexBusy while a worker
    holds the index.
    """
    with _index_to_ourselves():
        engine().clear()
        count = 0
        for topic_ids in queries.topic_ids_for_index():
            update_index(topic_ids)
            count += len(topic_ids)
            progress(len(topic_ids))
    return count


def _index_to_ourselves() -> IndexLock:
    lock = index_lock(current_app.extensions["helferkreis.config"].index_folder)
    if lock is None:
        raise IndexBusy("A worker or another command holds the index lock.")
    return lock
