"""Fixtures of all tests: app, database, people, clock, mail, query counts."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app import create_app
from app.accounts.actions import documents
from app.accounts.session import cookie_name, hash_of
from app.config import Config, load
from app.core.db import db
from app.core.figures import figure
from app.core.settings import load_settings
from tests import builders, cast, compiled, reached
from tests.bytecode import BYTECODE
from tests.databases import Databases, PostgresDatabase, SqliteFiles
from tests.postgres import Cluster
from tests.redis_server import RedisServer
from tests.surfaces import is_surface
from tests.surfer import Surfer

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108 — a disk in memory: databases of tests need no other
MEMORY_BYTES = 4 * 1024**3
CLUSTER = pytest.StashKey[Cluster]()
CLUSTER_URL = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption("--whole", action="store_true", help="the whole suite: no route unreached")


def pytest_configure(config: pytest.Config) -> None:
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    builders.share()
    documents.render = functools.cache(documents.render)  # the same few long texts in most tests
    config.pluginmanager.register(reached.ReachedRoutes(config), "reached-routes")
    if config.getoption("--db") != "postgresql":
        return
    worker = getattr(config, "workerinput", None)
    if worker is None:
        try:
            config.stash[CLUSTER] = Cluster()
        except RuntimeError as error:
            raise pytest.UsageError(str(error)) from error
        config.stash[CLUSTER_URL] = config.stash[CLUSTER].url("postgres")
    else:
        config.stash[CLUSTER_URL] = worker["cluster_url"]


def pytest_collection_finish() -> None:
    """Looking for garbage among the modules, again and again, would take a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """xdist starts a worker: tell it where the one cluster is."""
    url = node.config.stash.get(CLUSTER_URL, "")  # type: ignore[attr-defined]
    node.workerinput["cluster_url"] = url  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database; that is not a skipped test.

    On PostgreSQL also what asks for no database at all: it has run on SQLite and would not differ.
    """
    kind = config.getoption("--db")
    out = [item for item in items if not _belongs_to(item, kind)]
    if out:
        left = set(out)
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in left]


def _belongs_to(item: pytest.Item, kind: str) -> bool:
    marker = item.get_closest_marker("only")
    if marker is not None:
        return kind in marker.args
    if kind == "sqlite":
        return True
    return "databases" in getattr(item, "fixturenames", ()) and not is_surface(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Nothing is skipped where everything must be there: a missing tool fails."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
        report.longrepr = f"Skipped although CI=true: {report.longrepr}"  # type: ignore[attr-defined]
    return report


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    if request.config.getoption("--db") == "sqlite":
        yield SqliteFiles(tmp_path_factory.mktemp("template"))
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database = PostgresDatabase(request.config.stash[CLUSTER_URL], f"test_{worker}")
        yield database
        database.close()


@pytest.fixture
def environment(tmp_path: Path, databases: Databases) -> dict[str, str]:
    """What the app reads at start; a test may change it before it asks for `app`."""
    instance = tmp_path / "instance"
    instance.mkdir()
    return {
        "HELFERKREIS_INSTANCE": str(instance),
        "DATABASE_URL": databases.fresh(instance),
        "SECRET_KEY": "only-for-tests-" + "x" * 32,
        "BASE_URL": "http://localhost",
        "RATE_LIMITS": "off",
        "HELFERKREIS_DEMO": "off",
    }


@pytest.fixture
def config(environment: dict[str, str]) -> Config:
    return load(environment)


@pytest.fixture
def app(config: Config, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The forum with an empty database, inside an app context.

    SQLite does not wait for the disk, unless the test is marked `durable`.
    """
    app = create_app(config)
    app.testing = True
    app.test_client_class = Surfer
    app.jinja_env.bytecode_cache = BYTECODE
    reached.watch(app)
    with app.app_context():
        if config.is_sqlite and not request.node.get_closest_marker("durable"):
            event.listen(db.engine, "connect", _hurry)
        compiled.share(db.engine)
        yield app
        app.extensions["helferkreis.search"].close()
        db.session.remove()
        db.engine.dispose()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


@pytest.fixture
def client(app: Flask) -> Surfer:
    """A guest's browser."""
    return _surfer(app)


@pytest.fixture
def as_de(app: Flask) -> Surfer:
    return _surfer(app, language="de")


@pytest.fixture
def as_en(app: Flask) -> Surfer:
    return _surfer(app, language="en")


@pytest.fixture
def client_as(app: Flask) -> Callable[..., Surfer]:
    """`client_as("Karin")` is her browser, signed in; `client_as("guest")` is nobody's."""

    def browser(name: str, language: str | None = None) -> Surfer:
        surfer = _surfer(app, language=language)
        if name != "guest":
            secret = cast.sign_in(name)
            surfer.session_hash = hash_of(secret)
            surfer.set_cookie(cookie_name(), secret)
            if language:
                cast.prefer(name, language)
        return surfer

    return browser


@pytest.fixture
def program_as(app: Flask) -> Callable[..., Surfer]:
    """`program_as("Karin")` acts for her with a token; `program_as("guest")` has none."""

    def program(name: str, scope: str = "write") -> Surfer:
        surfer = _surfer(app)
        if name != "guest":
            surfer.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {cast.token(name, scope)}"
        return surfer

    return program


def _surfer(app: Flask, language: str | None = None) -> Surfer:
    surfer = app.test_client()
    assert isinstance(surfer, Surfer)
    if language:
        surfer.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return surfer


@pytest.fixture
def outbox(config: Config) -> Callable[[], list[EmailMessage]]:
    """Every mail that left so far, oldest first."""

    def mails() -> list[EmailMessage]:
        files = sorted(
            (config.instance / "outbox").glob("*.eml"), key=lambda f: f.stat().st_mtime_ns
        )
        return [message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]  # type: ignore[arg-type]

    return mails


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as queries: …`; then `len(queries)` is the page's cost.

    Not counted is what a process reads once and knows until it changes: settings and figures.
    """

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        load_settings()
        figure("known from here on")
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def _redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def redis(_redis_server: RedisServer) -> RedisServer:
    """A running, empty Redis; put `redis.url` into the environment's REDIS_URL."""
    _redis_server.fresh()
    return _redis_server


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real archives and hostile inputs."""
    folder = Path(os.environ.get("HELFERKREIS_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"There is no test data in {folder}; set HELFERKREIS_TEST_DATA.")
    return folder
