"""Both engines: a whoosh index in a temporary folder, or tables in PostgreSQL (--db)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app.core.search import PostgresEngine, SearchEngine, WhooshEngine
from tests.databases import Databases


@pytest.fixture
def whoosh(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    engine.clear()
    yield engine
    engine.close()


@pytest.fixture
def engine(databases: Databases, tmp_path: Path) -> Iterator[SearchEngine]:
    """The engine that a forum on this database has, empty and ready."""
    url = databases.fresh(tmp_path)
    if databases.kind == "sqlite":
        embedded = WhooshEngine(tmp_path / "index")
        embedded.clear()
        yield embedded
        embedded.close()
    else:
        database = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        scaled = PostgresEngine(lambda: database)
        scaled.clear()
        yield scaled
        database.dispose()
