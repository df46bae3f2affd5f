"""One forum for all tests of a module or a package, for tests that only look, or put things back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from app import create_app
from app.accounts.session import cookie_name, hash_of
from app.config import load
from app.core.db import db
from tests import cast, reached
from tests.bytecode import BYTECODE
from tests.databases import Databases
from tests.surfer import Surfer


@contextmanager
def open_forum(instance: Path, databases: Databases, **environment: str) -> Iterator[Flask]:
    """A forum with an empty database, inside an app context."""
    given = {
        "HELFERKREIS_INSTANCE": str(instance),
        "DATABASE_URL": databases.fresh(instance),
        "SECRET_KEY": "only-for-tests-" + "x" * 32,
        "BASE_URL": "http://localhost",
        "RATE_LIMITS": "off",
    }
    app = create_app(load({**given, **environment}))
    app.testing = True
    app.test_client_class = Surfer
    app.jinja_env.bytecode_cache = BYTECODE
    reached.watch(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _hurry)
        yield app
        app.extensions["helferkreis.search"].close()
        db.session.remove()
        db.engine.dispose()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def browser_of(app: Flask, name: str, *, steady: bool = False) -> Surfer:
    """The person's browser, signed in; that of nobody for "guest".

    A steady one stays signed in whatever it is answered: its cookie comes back with the database.
    """
    browser = app.test_client(use_cookies=not steady)
    assert isinstance(browser, Surfer)
    if name != "guest":
        secret = cast.sign_in(name)
        browser.session_hash = hash_of(secret)
        if steady:
            browser.environ_base["HTTP_COOKIE"] = f"{cookie_name()}={secret}"
        else:
            browser.set_cookie(cookie_name(), secret)
    return browser
