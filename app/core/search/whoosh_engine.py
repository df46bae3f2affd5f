"""The embedded engine: a public and a restricted whoosh index side by side.

Two, because the statistics of a common one leak: a guest's scores would move whenever the staff
writes about the same words. It carries about 100,000 posts; beyond that PostgreSQL takes over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from app.core.search.engine import (
    MAX_DEPTH,
    PUBLIC,
    Document,
    Hit,
    IndexBusy,
    SearchUnavailable,
    document_key,
)
from app.core.search.lock import holds_lock, index_lock
from app.core.search.query import parse
from app.core.search.ranking import Found, find
from app.core.search.shelf import Shelf

BATCH = 2_000  # documents per commit: bounds memory, and what a crash makes us repeat


class WhooshEngine:
    """Share one per process; all methods may be called from several threads.

    Writing takes the index lock for its own time, unless this process already holds it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._public = Shelf(folder / "public")
        self._restricted = Shelf(folder / "restricted")
        self._writing = threading.Lock()

    def search(
        self,
        query: str,
        *,
        restricted: bool,
        kind: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> list[Hit]:
        offset = max(0, offset)
        wanted = min(offset + max(0, limit), MAX_DEPTH)
        parsed = parse(query)
        shelves = [self._public, self._restricted] if restricted else [self._public]
        lists: list[list[Found]] = []
        for shelf in shelves:
            with shelf.searcher() as searcher:  # opened even for an empty query: damage must show
                lists.append(find(searcher, parsed, kind, wanted) if parsed and wanted else [])
        hits = interleave(*lists) if restricted else [_hit(found) for found in lists[0]]
        return hits[offset:wanted]

    def update(self, documents: Iterable[Document], deleted: Iterable[tuple[str, int]]) -> None:
        """Commits every BATCH documents: after an error some are in, and repeating is safe."""
        remaining, gone = iter(documents), {document_key(kind, id) for kind, id in deleted}
        with self._exclusive():
            while (batch := list(islice(remaining, BATCH))) or gone:
                self._update(batch, gone)
                gone = set()

    def count(self) -> int:
        total = 0
        for shelf in (self._public, self._restricted):
            with shelf.searcher() as searcher:
                total += int(searcher.doc_count())
        return total

    def clear(self) -> None:
        with self._exclusive():
            self._public.clear()
            self._restricted.clear()

    def is_ready(self) -> bool:
        """Opens both indexes; damage deep inside shows only when a search reads that place."""
        try:
            self.count()
        except SearchUnavailable:
            return False
        return True

    def close(self) -> None:
        self._public.close()
        self._restricted.close()

    def _update(self, batch: list[Document], gone: set[str]) -> None:
        """The public index first: killed in between, a document that became restricted is
        missing until the job repeats, instead of being public a little longer."""
        newest = {document.key: document for document in batch}
        keys = sorted(newest.keys() | gone)
        public = [document for document in newest.values() if document.audience == PUBLIC]
        others = [document for document in newest.values() if document.audience != PUBLIC]
        self._public.write(keys, public)
        self._restricted.write(keys, others)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with self._writing:
            if holds_lock(self.folder):
                yield
            else:
                lock = index_lock(self.folder)
                if lock is None:
                    raise IndexBusy(f"Another process holds the lock of {self.folder}.")
                with lock:
                    yield


def interleave(public: list[Found], restricted: list[Found]) -> list[Hit]:
    """One list of two whose scores do not compare: by reciprocal rank, complete hits first.

    The first of each list is worth 1, the second 1/2 …; the public one goes first of equals. A
    document caught in both (a move between two commits) is listed once, at its better place.
    """
    ranked = [
        (not found.complete, -1 / rank, found)
        for found_list in (public, restricted)
        for tier in (True, False)
        for rank, found in enumerate((f for f in found_list if f.complete is tier), start=1)
    ]
    ranked.sort(key=lambda row: row[:2])  # stable: public rows come first
    hits: dict[tuple[str, int], Hit] = {}
    for is_partial, worth, found in ranked:
        score = -worth / 2 if is_partial else 0.5 - worth / 2
        hits.setdefault((found.kind, found.id), Hit(found.kind, found.id, score))
    return list(hits.values())


def _hit(found: Found) -> Hit:
    return Hit(found.kind, found.id, found.score)
