"""The engine for forums on PostgreSQL: full text search in the forum's own database.

A public and a restricted shelf in common tables, each with its own words and counts, so that a
guest's scores never move when the staff writes about the same words. It writes on connections of
its own: what it holds is no part of anybody's transaction, and can be made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import psycopg
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.core.search.engine import (
    MAX_DEPTH,
    Document,
    Hit,
    IndexBusy,
    SearchUnavailable,
    label,
)
from app.core.search.hits import interleave
from app.core.search.postgres import writing
from app.core.search.postgres.finding import find
from app.core.search.postgres.words import Words
from app.core.search.postgres.writing import SHELVES
from app.core.search.query import parse
from app.core.search.typos import corrected
from app.core.search.weighing import VERSION

BATCH = 1_000  # documents per transaction
PUBLIC_SHELF, RESTRICTED_SHELF = SHELVES

# The planner takes reading a long text for as cheap as a short one, and would rather compare every
# document with the words than use the index: until the end of the transaction it may not.
_SHELVES = text("""
    SELECT shelf, documents, set_config('enable_seqscan', 'off', true)
    FROM search_shelf WHERE version = :version
""")


class PostgresEngine:
    """Share one per process; all methods may be called from several threads."""

    def __init__(self, database: Callable[[], Engine]) -> None:
        self._database = database

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
        shelves = [PUBLIC_SHELF, RESTRICTED_SHELF] if restricted else [PUBLIC_SHELF]
        with self._reading() as (connection, sizes):
            if not wanted or not (parsed or labels):
                return []
            lists = [
                find(connection, shelf, parsed, narrowed, wanted, documents=sizes[shelf])
                for shelf in shelves
            ]
        hits = interleave(*lists) if restricted else [found.hit for found in lists[0]]
        return hits[offset:wanted]

    def correction(self, query: str) -> str | None:
        with self._reading() as (connection, sizes):
            return corrected(query, Words(connection, PUBLIC_SHELF, sizes[PUBLIC_SHELF]))

    def update(self, documents: Iterable[Document], deleted: Iterable[tuple[str, int]]) -> None:
        """Commits every BATCH documents: after an error some are in, and repeating is safe."""
        remaining, gone = iter(documents), set(deleted)
        while (batch := list(islice(remaining, BATCH))) or gone:
            newest = {document.key: document for document in batch}
            with self._writing() as connection:
                if _sizes(connection) is None:
                    writing.begin_anew(connection)
                writing.replace(connection, list(newest.values()), gone)
            gone = set()

    def count(self) -> int:
        with self._reading() as (_, sizes):
            return sum(sizes.values())

    def clear(self) -> None:
        with self._writing() as connection:
            writing.begin_anew(connection)

    def is_ready(self) -> bool:
        try:
            self.count()
        except SearchUnavailable:
            return False
        return True

    def close(self) -> None:
        """Nothing is kept open: the connections are the database's own."""

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, dict[int, int]]]:
        """A connection for a few statements, and how many documents each shelf holds."""
        with _faults(), self._database().connect() as connection:
            sizes = _sizes(connection)
            if sizes is None:
                raise SearchUnavailable("The tables of the search index are not filled yet.")
            yield connection, sizes

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _faults(), self._database().begin() as connection:
            writing.take_turn(connection)
            yield connection


def _sizes(connection: Connection) -> dict[int, int] | None:
    """Documents of each shelf; None unless both are there in our version."""
    found = connection.execute(_SHELVES, {"version": VERSION}).all()
    return {row.shelf: row.documents for row in found} if len(found) == len(SHELVES) else None


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, LockNotAvailable):
            raise IndexBusy("Another process is writing the search tables.") from error
        raise SearchUnavailable(f"The search tables do not answer: {cause!r}") from error
