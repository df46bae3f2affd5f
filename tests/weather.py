"""Bad weather for the database of a test: it takes no change, has no room, or is busy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.db import db

ONLY_READING = {
    "sqlite": "PRAGMA query_only=ON",
    "postgresql": "SET default_transaction_read_only=on",
}


@contextmanager
def only_reading() -> Iterator[None]:
    """Every connection of the forum may read and nothing else."""
    with connecting(ONLY_READING[db.engine.dialect.name]):
        yield


@contextmanager
def full() -> Iterator[None]:
    """SQLite: the file may not grow by a page, and has no free one left."""
    with sqlite3.connect(str(db.engine.url.database)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    with connecting(f"PRAGMA max_page_count={pages}"):
        yield


@contextmanager
def busy() -> Iterator[None]:
    """SQLite: somebody else writes for ever, and we are patient for a moment only."""
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with connecting("PRAGMA busy_timeout=50"):
            yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def connecting(statement: str) -> Iterator[None]:
    """New connections begin with this statement; afterwards again without."""

    def begin(connection: Any, _record: object) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    _forget_connections()
    event.listen(db.engine, "connect", begin)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", begin)
        _forget_connections()


def _forget_connections() -> None:
    db.session.remove()
    db.engine.dispose()
