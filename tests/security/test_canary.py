"""T-03, S14: markup in every text that anybody can write, on every page and in every mail, runs nowhere.

The pages are shown in a browser without their Content-Security-Policy, which would hide a hole; it
is only reported against: a page that breaks it shows there, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, String, func, literal, update

from app.accounts import queries as accounts
from app.core.db import Base, Bounded, db, transaction
from app.core.mail.letter import Letter, compose
from app.core.web.headers import CONTENT_SECURITY_POLICY
from app.notifications import reactions
from tests.core.mail.test_letters import KINDS, letter
from tests.core.text.test_xss_browser import HOME, Watched, chromium
from tests.data_sets import THOROUGH
from tests.security.conftest import Kept
from tests.surfer import Surfer
from tests.visibility import circle, routes
from tests.visibility.readers import Circle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["chromium"]  # a fixture

CANARY = '"><img src=x onerror=alert()>'
READERS = ("guest", "Olga", "Ada")
PAGES_AT_ONCE = 30
THINGS = (
    8 if THOROUGH else 2
)  # of each kind, in different states, whose pages the administrator opens
#: Text columns in which our own code chooses from its own words or computes: people write none of
#: them. A new column is one of these, or it gets a canary.
STEERING = {
    "address", "category", "cause", "dsa_category", "dsa_ground", "earned_for", "email", "email_key",
    "fingerprint", "format", "ground", "icon", "item_kind", "key", "kind", "language", "locale",
    "location", "name_key", "name_skeleton", "nonce", "origin", "outcome", "owner", "password_hash",
    "privilege", "puid", "purpose", "role", "scope", "secret_hash", "sha256", "slug", "source",
    "source_id", "source_type", "state", "subject_kind", "token_hash", "verdict",
}  # fmt: skip
#: Names by which jobs and facts are found again.
FOUND_BY_NAME = {"event", "job"}
REPORT = """addEventListener("securitypolicyviolation", (event) =>
  markExecution(`against the CSP: ${event.violatedDirective} ${event.blockedURI}`));"""

#: What the canary becomes where it gets out of the text or the attribute that it stands in.
BROKEN_OUT = "document.querySelectorAll('[onerror], img[src=x]').length"


def canaries() -> list[Column[Any]]:
    """Every column for words of people; HTML is made by core/text alone, see test_safety.py."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Bounded)
        and column.name not in STEERING
        and not column.name.endswith("html")
        and not (column.name == "name" and table.name in FOUND_BY_NAME)
    ]


@pytest.fixture
def hostile(app: Flask, world: Circle, put_back: Kept) -> Circle:
    with transaction():
        for column in canaries():
            key = next(iter(column.table.primary_key))
            words = literal(CANARY, String).concat(key)
            values = {column: func.substr(words, 1, column.type.length)}  # type: ignore[attr-defined]
            db.session.execute(update(column.table).values(values).where(column.is_not(None)))
    return world


class Reporting(Watched):
    """Says also what our Content-Security-Policy would refuse, without refusing it."""

    def __init__(self, browser: Any) -> None:
        super().__init__(browser)
        self.page.context.add_init_script(REPORT)

    def _answer(self, route: Any) -> None:
        if route.request.url != HOME:
            super()._answer(route)
            return
        page = f"<!doctype html><meta charset=utf-8><title>t</title><body>{self.shown}"
        headers = {
            "Content-Type": "text/html",
            "Content-Security-Policy-Report-Only": CONTENT_SECURITY_POLICY,
        }
        route.fulfill(headers=headers, body=page)

    def walk(self, pages: Iterable[str]) -> None:
        shown = list(pages)
        for start in range(0, len(shown), PAGES_AT_ONCE):
            self.show("".join(shown[start : start + PAGES_AT_ONCE]))
            if self.page.evaluate(BROKEN_OUT):
                self.executions.append("an element that nobody of us wrote")


@pytest.fixture
def watched(chromium: Any) -> Iterator[Reporting]:
    watching = Reporting(chromium)
    yield watching
    watching.page.context.close()


def pages(app: Flask, world: Circle, browsers: dict[str, Surfer]) -> list[str]:
    """Every page as each reader sees it, equal ones once."""
    found: dict[str, None] = {}
    for name in READERS:
        for url in routes.some_urls(app, world, THINGS if name == "Ada" else 1):
            answer = browsers[name].get(url, follow_redirects=True)
            assert answer.status_code < 500, url
            if answer.mimetype == "text/html":
                found[answer.get_data(as_text=True)] = None
    return list(found)


def mails(world: Circle, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of every mail about everything, to its first readers."""
    letters: list[Letter] = [letter(kind, text=CANARY) for kind in KINDS]
    monkeypatch.setattr(reactions, "post", letters.append)
    for name in ("Olga", "Anna"):
        account_id = accounts.account_by_address(f"{name.lower()}@example.org").id
        for kind, subject_id in circle.subjects(world):
            reactions.mail_subject(account_id=account_id, kind=kind, subject_id=subject_id)
        for post in world.posts[:4]:
            reactions.mail_notice(account_id=account_id, kind="answer", post_id=post.id)
    db.session.rollback()
    bodies = [compose(one).get_body(("html",)) for one in letters]
    return [body.get_content() for body in bodies if body is not None]


def test_t03_no_text_of_anybody_runs_on_any_page(app, hostile, browsers, watched):
    shown = pages(app, hostile, browsers)
    marked = [page for page in shown if "onerror=alert()" in page]
    assert len(marked) > 60, "the premise: what is written is shown nearly everywhere"
    assert not any(CANARY in page for page in shown)
    watched.walk(shown)
    assert watched.executions == []


def test_t03_no_text_of_anybody_runs_in_a_mail(app, hostile, watched, monkeypatch):
    with app.test_request_context():
        shown = mails(hostile, monkeypatch)
    assert len([mail for mail in shown if "onerror=alert()" in mail]) > 10
    watched.walk(mail.replace("style=", "data-style=") for mail in shown)  # no mail has our CSP
    assert watched.executions == []


def test_t03_the_harness_notices_a_page_that_does_not_escape(app, hostile, browsers, watched):
    """The control: one page with its escaping taken away, and one that our CSP would refuse."""
    page = browsers["Ada"].get("/topics").get_data(as_text=True)
    watched.show(unescape(page))
    assert "alert" in watched.executions
    watched.executions.clear()
    watched.show('<p style="color: red">a</p>')
    assert [found for found in watched.executions if "against the CSP" in found]
