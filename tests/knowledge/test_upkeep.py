"""The operator's commands know articles: the index is made anew with them, stats count them."""

from __future__ import annotations

import json

from app.core.search import engine
from tests.knowledge.conftest import promoted, published, solved


def test_a_rebuild_brings_articles_back(app, solution, work, client):
    shown = published(solution)
    work()
    engine().clear()
    assert f"/knowledge/{shown.id}-" not in client.get("/search?q=router").text
    result = app.test_cli_runner().invoke(args=["search-rebuild"])
    assert result.exit_code == 0, result.output
    assert f"/knowledge/{shown.id}-" in client.get("/search?q=router").text


def test_stats_count_every_article(app, solution, work):
    published(solution)
    other = solved("Zweite Frage")
    work()
    promoted(other)
    counted = json.loads(app.test_cli_runner().invoke(args=["stats", "--json"]).stdout)
    assert counted["articles"] == 2
    assert counted["index_documents"] == 3, "two topics, and the one article that is published"
