"""The embedded engine: a public and a restricted whoosh index side by side.

Two, because the statistics of a common one leak: a guest's scores would move whenever the staff
writes about the same words. It carries about 100,000 posts; beyond that PostgreSQL takes over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
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
    label,
)
from app.core.search.hits import Found, interleave
from app.core.search.lock import holds_lock, index_lock
from app.core.search.query import parse
from app.core.search.ranking import Words, find
from app.core.search.shelf import Shelf
from app.core.search.typos import corrected

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
        labels: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> list[Hit]:
        offset = max(0, offset)
        wanted = min(offset + max(0, limit), MAX_DEPTH)
        parsed = parse(query)
        narrowed = [*labels, label("kind", kind)] if kind is not None else labels
        shelves = [self._public, self._restricted] if restricted else [self._public]
        lists: list[list[Found]] = []
        for shelf in shelves:
            with shelf.searcher() as searcher:  # opened even for an empty query: damage must show
                sought = wanted and (parsed or labels)
                lists.append(find(searcher, parsed, narrowed, wanted) if sought else [])
        hits = interleave(*lists) if restricted else [found.hit for found in lists[0]]
        return hits[offset:wanted]

    def correction(self, query: str) -> str | None:
        with self._public.searcher() as searcher:
            return corrected(query, Words(searcher))

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
