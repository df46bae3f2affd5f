"""`upgrade head` builds exactly what create_all builds, on both databases, and goes down and up.

Alembic's own comparison sees neither CHECKs nor partial indexes nor a lost AUTOINCREMENT, so the
DDL itself is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Engine, create_engine, text

from app import create_app
from app.config import load
from app.core.db import Base
from tests.databases import Databases

Ddl = dict[str, str]


def ddl(engine: Engine) -> Ddl:
    """Every table, column, constraint and index → its normalised definition."""
    with engine.connect() as connection:
        found = _sqlite(connection) if engine.dialect.name == "sqlite" else _postgres(connection)
    return {name: sql for name, sql in found.items() if "alembic" not in name}


def _sqlite(connection: Connection) -> Ddl:
    rows = connection.execute(
        text(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        )
    )
    return {name: _table_parts(sql) for name, sql in rows}


def _table_parts(sql: str) -> str:
    """Quotes, space and order do not matter: what a later revision adds stands last."""
    flat = re.sub(r"\s+", " ", sql.replace('"', "").replace("`", "")).replace("( ", "(")
    head, _, body = flat.partition("(")
    if not head.startswith("CREATE TABLE"):
        return flat.strip()
    parts = re.split(r", (?![^(]*\))", body.strip().removesuffix(")").strip())
    named = [p.strip() for p in parts]
    columns = [p for p in named if not p.startswith("CONSTRAINT")]
    return "\n".join([head.strip(), *columns, *sorted(set(named) - set(columns))])


def _postgres(connection: Connection) -> Ddl:
    questions = {
        "column": """
            SELECT table_name || '.' || column_name, concat_ws(' ', data_type, character_maximum_length,
                is_nullable, column_default, is_identity)
            FROM information_schema.columns WHERE table_schema = 'public'""",
        "constraint": """
            SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
        "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    return {
        f"{kind} {name}": sql
        for kind, question in questions.items()
        for name, sql in connection.execute(text(question))
    }


def differences(migrated: Ddl, created: Ddl) -> list[str]:
    """What only one side has, a line each."""
    sides = [
        {(n, part) for n, sql in side.items() for part in sql.split("\n")}
        for side in (migrated, created)
    ]
    only_migrated = [f"only after upgrade head: {n}: {part}" for n, part in sides[0] - sides[1]]
    return sorted(
        only_migrated + [f"only in the models: {n}: {part}" for n, part in sides[1] - sides[0]]
    )


@pytest.fixture
def empty(databases: Databases, environment: dict[str, str], tmp_path: Path) -> Iterator[Flask]:
    """The app on a database without tables, ready to be migrated."""
    if databases.kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.sqlite'}"
    else:
        url = databases.second()
    app = create_app(load({**environment, "DATABASE_URL": url}))
    with app.app_context():
        yield app


def _engine(app: Flask) -> Engine:
    return create_engine(app.config["SQLALCHEMY_DATABASE_URI"])


@pytest.fixture
def migrated(empty: Flask) -> Iterator[Engine]:
    upgrade()
    engine = _engine(empty)
    yield engine
    engine.dispose()


@pytest.fixture
def created(environment: dict[str, str]) -> Iterator[Engine]:
    """What every other test runs on: create_all."""
    engine = create_engine(load(environment).database_url)
    yield engine
    engine.dispose()


def test_upgrade_head_builds_what_the_models_say(migrated, created):
    assert len(ddl(created)) > len(Base.metadata.tables)
    assert differences(ddl(migrated), ddl(created)) == []


def test_migrations_go_down_and_up_again(migrated):
    once = ddl(migrated)
    downgrade(revision="base")
    assert ddl(migrated) == {}
    upgrade()
    assert ddl(migrated) == once


def test_there_is_one_head(empty):
    script = ScriptDirectory(str(Path(empty.root_path).parent / "migrations"))
    assert len(script.get_heads()) == 1


PLANTED = {
    "sqlite": [
        (
            "lost condition of an index",
            "DROP INDEX ix_job_open; CREATE INDEX ix_job_open ON job (due_at)",
        ),
        ("lost AUTOINCREMENT", "DROP TABLE vote; CREATE TABLE vote (id INTEGER PRIMARY KEY)"),
        ("a column too many", "ALTER TABLE board ADD COLUMN colour VARCHAR(3)"),
    ],
    "postgresql": [
        ("lost CHECK", "ALTER TABLE post DROP CONSTRAINT ck_post_state"),
        ("lost partial index", "DROP INDEX ix_job_open; CREATE INDEX ix_job_open ON job (due_at)"),
        ("a wider column", "ALTER TABLE topic ALTER COLUMN title TYPE varchar(301)"),
    ],
}


def test_planted_differences_are_reported(migrated, created):
    for what, sql in PLANTED[migrated.dialect.name]:
        before = differences(ddl(migrated), ddl(created))
        with migrated.begin() as connection:
            for statement in sql.split(";"):
                connection.execute(text(statement))
        after = differences(ddl(migrated), ddl(created))
        assert set(after) - set(before), what
