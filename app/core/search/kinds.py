"""The kinds of things that can be found, the engine that finds them, and keeping its index whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from app.core.db import db
from app.core.jobs import outside
from app.core.search import tables  # noqa: F401 — on SQLite nobody else asks for its tables
from app.core.search.engine import Document, Hit, IndexBusy, SearchEngine, SearchUnavailable
from app.core.search.lock import index_lock
from app.core.search.postgres import PostgresEngine
from app.core.search.whoosh_engine import WhooshEngine

CLOSE = 0.25  # of the best score; a hit with all words has twice that of one with some


@dataclass(frozen=True)
class Facts:
    """By what a found thing can be narrowed: facet → value → words for it, and its time."""

    values: Mapping[str, Mapping[str, str]]
    at: datetime


@dataclass(frozen=True)
class Searchable:
    """One kind of thing that can be found: how it gets into the index, and how it is shown.

    `ids` gives those of all published things in chunks, `documents` what the index holds of some,
    `count` how many there are. `readable(viewer, ids)` gives a row of each that the viewer may
    read, by id; `hits(viewer, rows, words)` turns some of these rows into what the search page
    shows: {id: {"kind", "title", "url", "status", "excerpt", "created_at", …}}; title and excerpt
    are pieces of `highlight`. `facts(rows)` says by what they can be narrowed, `source(row)` what
    the thing was made from, as (kind, id): it stands above that.
    """

    ids: Callable[[], Iterator[list[int]]]
    documents: Callable[[Sequence[int]], list[Document]]
    count: Callable[[], int]
    readable: Callable[[Any, Sequence[int]], Mapping[int, Any]]
    hits: Callable[[Any, Sequence[Any], str], Mapping[int, dict[str, Any]]]
    facts: Callable[[Sequence[Any]], Mapping[int, Facts]]
    source: Callable[[Any], tuple[str, int] | None] = lambda _row: None


def init_search(app: Flask, kinds: Mapping[str, Searchable]) -> None:
    config = app.extensions["helferkreis.config"]
    app.extensions["helferkreis.search"] = (
        WhooshEngine(config.index_folder) if config.is_sqlite else PostgresEngine(lambda: db.engine)
    )
    app.extensions["helferkreis.searchable"] = kinds


def engine() -> SearchEngine:
    """The one engine of this process."""
    return current_app.extensions["helferkreis.search"]  # type: ignore[no-any-return]


def searchable() -> Mapping[str, Searchable]:
    """wiring.SEARCHABLE: each kind of thing that can be found, those to show first first."""
    return current_app.extensions["helferkreis.searchable"]  # type: ignore[no-any-return]


def likely_hits(words: str, *, kind: str, restricted: bool, limit: int) -> list[Hit]:
    """Only hits that come close to the best one: for suggestions that nobody asked for.

    Nothing where there is no sound index; the search page says what is wrong with it.
    """
    try:
        hits = engine().search(words, restricted=restricted, kind=kind, limit=limit)
    except SearchUnavailable:
        return []
    return [hit for hit in hits if hit.score >= hits[0].score * CLOSE]


def update_kind(
    kind: str, ids: Sequence[int], documents: Callable[[Sequence[int]], list[Document]]
) -> None:
    """Bring these things' documents up to date; what is no longer published disappears."""
    found = documents(ids)
    gone = set(ids) - {document.id for document in found}
    engine().update(found, [(kind, thing_id) for thing_id in gone])


def rebuild(progress: Callable[[int], None]) -> dict[str, int]:
    """Empty the index and fill it again from the database; returns how many it holds of each kind.

    `progress` is told after each chunk how many things it had. Raises IndexBusy while a worker
    holds the index.
    """
    lock = index_lock(current_app.extensions["helferkreis.config"].index_folder)
    if lock is None:
        raise IndexBusy("A worker or another command holds the index lock.")
    with lock:
        engine().clear()
        return {kind: _fill(kind, source, progress) for kind, source in searchable().items()}


def count_searchable() -> int:
    """How many things a rebuild will visit; for its progress bar."""
    return sum(source.count() for source in searchable().values())


@outside
def mend_index() -> None:
    """Make the index where it is missing, damaged or of an older kind; else do nothing."""
    if not engine().is_ready():
        rebuild(lambda _count: None)


def _fill(kind: str, source: Searchable, progress: Callable[[int], None]) -> int:
    count = 0
    for ids in source.ids():
        update_kind(kind, ids, source.documents)
        count += len(ids)
        progress(len(ids))
    return count
