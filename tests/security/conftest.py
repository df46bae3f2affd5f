"""One forum for the whole folder, in which nearly everything exists; whoever writes puts it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from flask import Flask, current_app
from sqlalchemy.engine import make_url

from app.accounts import actions
from app.core.db import db, transaction
from app.core.hashing import hash_password
from tests import cast
from tests.databases import Databases
from tests.open_forum import browser_of, open_forum
from tests.security.sending import Form, find_forms
from tests.surfer import Surfer
from tests.visibility import circle
from tests.visibility.readers import Circle

#: One for each way of standing; `Sina` is a super user who may hide posts.
PEOPLE = ("guest", "Karin", "Olga", "Sina", "Anna", "Ada")
#: Found nowhere but where it was set (T-18).
SECRET_KEY = "sentinel-secret-key-" + "q" * 32
MAIL_PASSWORD = "sentinel-mail-password"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/security/" in item.nodeid:
            item.add_marker(pytest.mark.only("sqlite"))


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Flask]:
    environment = {
        "SECRET_KEY": SECRET_KEY,
        "MAIL_URL": f"smtp://forum:{MAIL_PASSWORD}@127.0.0.1:9",
    }
    with open_forum(tmp_path_factory.mktemp("security"), databases, **environment) as app:
        yield app


@pytest.fixture(scope="package")
def world(app: Flask) -> Circle:
    built = circle.build()
    karin, password_hash = cast.account("Karin"), hash_password(cast.PASSWORD)
    with transaction():
        karin.password_hash = password_hash
    ada = cast.actor("Ada")
    with transaction():
        invited = actions.invite_to_team(ada, email="ines@example.org", role="agent", locale="de")
        built.ids |= {"Invitation": [invited.id], "Colleague": [cast.account("Mo").id]}
    return built


@pytest.fixture(scope="package")
def browsers(app: Flask, world: Circle) -> dict[str, Surfer]:
    circle.accept_netiquette("Ada")
    return {name: browser_of(app, name, steady=True) for name in PEOPLE}


class Kept:
    """The database as it was, to look at in no time and to come back to."""

    def __init__(self) -> None:
        file = make_url(str(db.engine.url)).database
        assert file is not None
        self._file = sqlite3.connect(file)
        self._copy = sqlite3.connect(":memory:")
        self._file.backup(self._copy)

    def back(self) -> None:
        db.session.rollback()
        self._copy.backup(self._file)
        current_app.extensions.pop("helferkreis.settings", None)  # what the process has read of it

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table, with its columns named in the first."""
        db.session.rollback()
        tables = self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: self._rows(name) for (name,) in tables.fetchall()}

    def _rows(self, table: str) -> list[tuple[object, ...]]:
        found = self._file.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        return [tuple(column[0] for column in found.description), *found.fetchall()]

    def close(self) -> None:
        self._file.close()
        self._copy.close()


@pytest.fixture(scope="package")
def kept(app: Flask, world: Circle, browsers: dict[str, Surfer]) -> Iterator[Kept]:
    database = Kept()
    yield database
    database.close()


@pytest.fixture(scope="package")
def forms(app: Flask, world: Circle, browsers: dict[str, Surfer], kept: Kept) -> list[Form]:
    return find_forms(app, world, browsers, kept.back)


@pytest.fixture
def put_back(kept: Kept) -> Iterator[Kept]:
    """For tests that write."""
    yield kept
    kept.back()
