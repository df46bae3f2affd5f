"""Where the forum says "du", no page and no refusal says "Sie" to anybody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.db import transaction
from app.core.settings import change_settings
from scripts.messages import ADDRESS
from tests.databases import Databases
from tests.open_forum import browser_of, open_forum
from tests.surfer import Surfer
from tests.visibility import circle, routes
from tests.visibility.readers import Circle
from tests.visibility.test_needles import crawl

VIEWERS = ("guest", "Karin", "Sina", "Anna", "Ada", "Bert")  # a person of each role
#: What people wrote, in whatever form, and the choice between both forms.
WRITTEN = re.compile(
    r"<(script|style|textarea)\b.*?</\1>|<option[^>]*>Sie<|hk-choice__title\">Sie<", re.DOTALL
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Flask]:
    with open_forum(tmp_path_factory.mktemp("address"), databases) as app:
        yield app


@pytest.fixture(scope="module")
def world(app: Flask) -> Circle:
    with transaction():
        change_settings(changed_by=None, address="du")
    return circle.build()


def _browser(app: Flask, name: str) -> Surfer:
    browser = browser_of(app, name, steady=True)
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return browser


def formal(pages: dict[str, str]) -> list[str]:
    """Address and words around each "Sie"."""
    found = []
    for url, page in pages.items():
        words = html.unescape(WRITTEN.sub(" ", page))
        found += [
            f"{url}: …{words[max(0, hit.start() - 60) : hit.end() + 60]}…"
            for hit in ADDRESS.finditer(words)
        ]
    return found


@pytest.mark.slow
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", VIEWERS)
def test_no_page_says_sie(app: Flask, world: Circle, name: str):
    pages = crawl(_browser(app, name), routes.some_urls(app, world, 3))
    assert len(pages) > 100, "the premise: there is much to read"
    assert formal(pages) == []


@pytest.mark.slow
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", VIEWERS)
def test_no_refusal_says_sie(app: Flask, world: Circle, name: str):
    """Every form, sent empty."""
    browser = _browser(app, name)
    pages = {
        url: _text(browser.submit(url))
        for method, url in routes.unsafe_urls(app, world)
        if method == "POST"
    }
    assert len(pages) > 20, "the premise: there is much to refuse"
    assert formal(pages) == []


def _text(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def test_a_sie_on_a_page_is_found():
    assert formal({"/": "<p>Willkommen.</p><textarea>Haben Sie</textarea>"}) == []
    assert len(formal({"/": "<p>Sind <b>Sie</b> sicher?</p><i title='Ihr Konto'>"})) == 2
