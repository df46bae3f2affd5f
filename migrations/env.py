"""Alembic's entry: one connection of its own, foreign keys off while tables are rebuilt.

With foreign keys on, SQLite's table rebuild deletes every child row by cascade and reports success.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, NullPool, create_engine

from app.core.db import Bounded, LongText, UtcDateTime, db

LOCK_TIMEOUT = "2s"
TURN = 4_725_133  # any number that nobody else uses as an advisory lock


def _plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Write the database's own types into a revision, so that it never depends on our code."""
    if kind == "type" and isinstance(item, LongText):
        return "sa.Text()"
    if kind == "type" and isinstance(item, Bounded):
        return f"sa.String({item.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _url() -> str:
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


def run() -> None:
    engine = create_engine(_url(), poolclass=NullPool)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _run_sqlite(connection)
        else:
            # Two servers that start at once take turns; the lock ends with the connection.
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({TURN})")
            connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            connection.commit()
            _migrate(connection)
    engine.dispose()


def _run_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.isolation_level = None
    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    _migrate(connection)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        connection.exec_driver_sql("ROLLBACK")
        raise RuntimeError(f"The migration would break foreign keys: {broken[:5]}")
    connection.exec_driver_sql("COMMIT")


def _migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=sqlite,
        transactional_ddl=True,
        compare_type=True,
        render_item=_plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Offline migrations are not supported; set DATABASE_URL and run them online.")
run()
