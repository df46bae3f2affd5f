"""What the start page shows of the knowledge base."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.core.db import db, transaction
from app.knowledge.models import Article
from tests import cast
from tests.knowledge.conftest import written


def in_english(article_id: int) -> None:
    with transaction():
        db.session.execute(update(Article).where(Article.id == article_id).values(language="en"))


def test_articles_in_the_readers_language_come_first(app: Any, as_de: Any, as_en: Any):
    cast.make_topic()
    written("Router neu starten")
    in_english(written("Restart the router"))
    german, english = as_de.get("/").text, as_en.get("/").text
    assert german.index("Router neu starten") < german.index("Restart the router")
    assert english.index("Restart the router") < english.index("Router neu starten")
