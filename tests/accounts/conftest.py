"""What the tests of accounts share: a filled-in form, the worker, the link in the newest mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from app.accounts.session import cookie_name, hash_of
from app.core import hashing
from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.hashing import hash_password
from app.core.jobs.runner import Runner
from app.moderation.actions import ensure_rulebook
from tests import cast
from tests.surfer import Surfer

GOOD = "vier krumme Dosen wackeln"
OTHER = "sieben blaue Leitern knarren"
FORM = {"name": "Elke", "email": "elke@example.org", "password": GOOD, "netiquette": "y"}


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CHEAP_NOBODY = CHEAP.hash("nobody's")


@pytest.fixture(autouse=True)
def cheap_hashing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at a price that hundreds of tests can pay, except where `real_hashing` is used."""
    if "real_hashing" not in request.fixturenames:
        monkeypatch.setattr(hashing, "_hasher", CHEAP)
        monkeypatch.setattr(hashing, "_NOBODYS", CHEAP_NOBODY)


@pytest.fixture
def real_hashing() -> None:
    """For tests of the cost itself."""


@pytest.fixture
def good_hash(cheap_hashing: None) -> str:
    return hash_password(GOOD)


@pytest.fixture
def netiquette(app: Flask) -> None:
    with transaction():
        ensure_rulebook()


@pytest.fixture
def mails(app: Flask, outbox: Callable[[], list[EmailMessage]]) -> Callable[[], list[EmailMessage]]:
    """Runs all jobs; then every mail that left so far, oldest first."""

    def drained() -> list[EmailMessage]:
        Runner(app).drain()
        db.session.rollback()
        return outbox()

    return drained


@pytest.fixture
def link(mails: Callable[[], list[EmailMessage]]) -> Callable[[], str]:
    """The path of the link in the newest mail."""

    def newest() -> str:
        text = mails()[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        found = re.search(r"http://localhost(/\S+)", text)
        assert found, text
        return found[1]

    return newest


@pytest.fixture
def member(app: Flask, good_hash: str) -> Callable[[str], str]:
    """`member("Karin")` gives her GOOD as password and returns her address."""

    def with_password(name: str) -> str:
        person = cast.account(name)
        with transaction():
            person.password_hash = good_hash
        return str(person.email)

    return with_password


def carry_session(surfer: Surfer) -> None:
    """Bind the surfer's form tokens to the session that it holds, as its next page would."""
    cookie = surfer.get_cookie(cookie_name())
    surfer.session_hash = hash_of(cookie.value.partition(".")[0]) if cookie else None


def sign_in(surfer: Surfer, email: str, password: str = GOOD, url: str = "/account/login"):
    response = surfer.submit(url, email=email, password=password)
    carry_session(surfer)
    return response


def happened() -> list[str]:
    """The names of all recorded events, oldest first; what set-up publishes does not count."""
    names = db.session.scalars(select(EventRow.name).order_by(EventRow.id))
    return [name for name in names if name != "DocumentPublished"]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
