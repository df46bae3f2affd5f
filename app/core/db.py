"""The database: session, column types, pragmas and the one way to write, `transaction()`."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    Text,
    event,
    inspect,
    literal,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.core.errors import N_, Unavailable

BUSY_SECONDS = 5
CONNECT_SECONDS = 5
STATEMENT_MILLISECONDS = 5_000
IDLE_IN_TRANSACTION_MILLISECONDS = 10_000

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the house; ids are never reused (AUTOINCREMENT on SQLite)."""

    metadata = MetaData(naming_convention=NAMES)
    __table_args__: Any = {"sqlite_autoincrement": True}


db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False, "autoflush": False},
    disable_autonaming=True,
)

BigId = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC with microseconds, on both databases. Refuses naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without time zone was given; use clock.now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TooLong(ValueError):
    """A text is longer than its column. Forms check first; this is the last fence."""


class Bounded(TypeDecorator[str]):
    """Text of at most n characters on both databases (SQLite ignores varchar lengths)."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and len(value) > self.length:
            raise TooLong(f"{len(value)} characters where {self.length} are allowed")
        return value

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """What is looked for may be longer than what can be kept: then it equals nothing."""
        return String()


class LongText(Bounded):
    """Bounded text that PostgreSQL keeps as TEXT (a post, its HTML)."""

    impl = Text
    cache_ok = True

    def __init__(self, length: int) -> None:
        TypeDecorator.__init__(self)
        self.length = length


def id_column() -> Mapped[int]:
    return mapped_column(BigId, primary_key=True, autoincrement=True)


def init_db(app: Flask, *, url: str) -> None:
    """Bind the database to the app; opens no connection."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url)
    db.init_app(app)
    with app.app_context():
        if url.startswith("sqlite"):
            _prepare_sqlite(db.engine)


def _engine_options(url: str) -> dict[str, Any]:
    """Errors keep the values of their query to themselves: they end in logs and on job rows."""
    if url.startswith("sqlite"):
        options = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        return {"hide_parameters": True, "connect_args": options}
    limits = (
        f"-c statement_timeout={STATEMENT_MILLISECONDS}"
        f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MILLISECONDS}"
        " -c timezone=UTC"
    )
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,  # a restarted database is met with fresh connections
        "pool_timeout": CONNECT_SECONDS,
        "connect_args": {"options": limits, "connect_timeout": CONNECT_SECONDS},
    }


def _prepare_sqlite(engine: Engine) -> None:
    """Our own BEGIN: the driver's implicit one starts late and loses updates between processes."""

    @event.listens_for(engine, "connect")
    def pragmas(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        kind = connection.get_execution_options().get("begin", "")
        connection.exec_driver_sql(f"BEGIN {kind}".strip())


PROBE_MILLISECONDS = 100


def can_write() -> bool:
    """Would the database take a change? Begins one and takes it back.

    Somebody else's long write counts as yes. A disk that is full shows only in a real write.
    """
    if db.engine.dialect.name != "sqlite":
        with db.engine.connect() as connection:
            says = connection.exec_driver_sql("SHOW transaction_read_only").scalar()
        return says == "off"
    raw = db.engine.raw_connection()
    try:
        return _sqlite_takes_a_change(raw.cursor())
    finally:
        raw.close()


def _sqlite_takes_a_change(cursor: Any) -> bool:
    patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout={PROBE_MILLISECONDS}")
    try:
        cursor.execute("BEGIN IMMEDIATE")
        return True
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    finally:
        if cursor.connection.in_transaction:
            cursor.execute("ROLLBACK")
        cursor.execute(f"PRAGMA busy_timeout={patience}")


_writing = threading.RLock()
_AFTER = "helferkreis.after_commit"


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is written or nothing; the only place that commits.

    Opened by views, commands and jobs, never inside an action. What was read before is rolled
    back first: on SQLite a reading transaction that turns into a writing one fails with "locked".
    Raises RuntimeError when opened inside another one.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transaction() was opened inside another transaction()")
    session.rollback()
    with _process_lock():
        session.info["writing"] = True
        session.info[_AFTER] = []
        try:
            session.connection(execution_options={"begin": "IMMEDIATE"})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False
            after: list[Callable[[], None]] = session.info.pop(_AFTER)
    for call in after:
        call()


def roll_back() -> None:
    """End what was read or begun, also where the database has gone away meanwhile."""
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


def after_commit(call: Callable[[], None]) -> None:
    """Run `call` once the open transaction() is durable; it is forgotten on rollback."""
    db.session().info[_AFTER].append(call)


@contextmanager
def _process_lock() -> Iterator[None]:
    """Threads of one process queue here instead of in SQLite's busy handler, which is unfair.

    Raises Unavailable after BUSY_SECONDS: else each in the queue would wait for all before it.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _writing.acquire(timeout=BUSY_SECONDS):
        raise Unavailable(N_("The forum is very busy right now. Please send it again in a moment."))
    try:
        yield
    finally:
        _writing.release()


def insert_once(model: type[Base], **values: Any) -> bool:
    """True when the row is new. Runs at once, not at flush."""
    statement = insert_or_skip(model).values(**values).returning(*inspect(model).primary_key)
    # Not rowcount: PostgreSQL's driver says -1 for it.
    return db.session.execute(statement).first() is not None


def insert_or_skip(model: type[Base]) -> Any:
    """INSERT … ON CONFLICT DO NOTHING; only a RETURNING tells which rows are new."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(model).on_conflict_do_nothing()


def any_number(value: int) -> ColumnElement[int]:
    """A number from an address, to compare with a column that may be too narrow to hold it.

    SQLAlchemy would give it the column's type, and PostgreSQL refuses what that cannot hold.
    """
    return literal(value, BigInteger)
