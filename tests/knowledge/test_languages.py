"""In the list, articles in the reader's language stand before all others, on every page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from app.core.db import db, transaction
from app.knowledge.models import Article
from app.knowledge.queries import articles as room
from tests.knowledge.conftest import written

TITLE = re.compile(r'hk-hit__title"><a [^>]*>([^<]*)<')


@pytest.fixture
def articles(app) -> None:
    """Five, by turns in German and English; the newest is German."""
    for number in range(5):
        article_id = written(f"Artikel {number}")
        language = "en" if number % 2 else "de"
        with transaction():
            db.session.execute(update(Article).filter_by(id=article_id).values(language=language))


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(("language", "order"), [("de", "42031"), ("en", "31420")])
def test_ones_own_language_comes_first(client_as, monkeypatch, language, order):
    monkeypatch.setattr(room, "PAGE", 2)
    browser, url, found = client_as("guest", language), "/knowledge", []
    while url:
        page = browser.get(url).text
        found += [title.removeprefix("Artikel ") for title in TITLE.findall(page)]
        following = re.search(r'href="(/knowledge\?after=[^"]*)"', page)
        url = following[1] if following else ""
    assert "".join(found) == order


@pytest.mark.usefixtures("articles")
def test_another_language_is_named(client_as):
    page = client_as("guest", "de").get("/knowledge").text
    assert page.count("auf Englisch") == 2
    assert "auf Deutsch" not in page


@pytest.mark.usefixtures("articles")
def test_the_key_of_another_list_begins_anew(client_as):
    assert "Artikel 4" in client_as("guest", "de").get("/knowledge?after=1").text
