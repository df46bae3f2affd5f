"""A fresh database for each test: SQLite copies a template file, PostgreSQL is emptied."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import psycopg
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from app import ROOT
from app.core.db import Base  # importing the package `app` imports every model


class Databases(Protocol):
    """One per test process."""

    kind: str

    def fresh(self, instance: Path) -> str:
        """The URL of a database with every table and no row."""
        ...


class SqliteFiles:
    """Copies one prepared file per test, about a millisecond."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite"
        engine = create_engine(f"sqlite:///{self.template}")
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        create_all(engine)
        engine.dispose()

    def fresh(self, instance: Path) -> str:
        path = instance / "forum.sqlite"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"


class PostgresDatabase:
    """One database per test process, emptied by one round trip before each test."""

    kind = "postgresql"

    def __init__(self, cluster_url: str, name: str) -> None:
        self.cluster_url, self.name = cluster_url, name
        self.url = self._create(name)
        engine = create_engine(self.url.replace("postgresql:", "postgresql+psycopg:"))
        create_all(engine)
        engine.dispose()
        self.connection = psycopg.connect(self.url, autocommit=True)
        # Triggers off: the tables refer to each other, and to themselves.
        self.connection.execute("SET session_replication_role = replica")
        tables = (f'DELETE FROM "{t.name}";' for t in reversed(Base.metadata.sorted_tables))
        self.delete = "".join(tables).encode()

    def fresh(self, instance: Path) -> str:
        self.connection.execute(self.delete)
        return self.url

    def second(self) -> str:
        """A further database without any table, for tests of migrations."""
        return self._create(f"{self.name}_second")

    def _create(self, name: str) -> str:
        with psycopg.connect(self.cluster_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.cluster_url.replace("/postgres?", f"/{name}?")

    def close(self) -> None:
        self.connection.close()


def create_all(engine: Engine) -> None:
    """Every table, and the mark that no migration is missing."""
    Base.metadata.create_all(engine)
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(scripts, "head")
