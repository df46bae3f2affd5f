"""S64, R-10 in small: without a search index topics are found by their titles, and only those that
one may see.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.forum import queries
from app.forum.queries import titles
from tests import cast
from tests.surfer import Surfer

AWAY = "Die Suche wird gerade neu aufgebaut."


def test_the_page_answers_with_a_banner_and_nothing_leaks(
    client: Surfer, client_as: Callable[..., Surfer]
) -> None:
    cast.make_topic("Übertragung über den Router bricht ab")
    cast.make_topic("Router im Team", board_slug="team")
    cast.make_topic("Router versteckt", state="hidden")
    page = client.get("/search?q=UEBERTRAGUNG+router")
    assert page.status_code == 200
    assert AWAY in page.text
    assert "bricht ab" in page.text
    everything = client.get("/search?q=router").text
    assert "im Team</a>" not in everything
    assert "versteckt</a>" not in everything
    assert "im Team</a>" in client_as("Anna").get("/search?q=router").text
    nothing = client.get("/search?q=Kühlschrank")
    assert AWAY in nothing.text
    assert "Keine Treffer für" in nothing.text
    assert client.get("/search?q=router&kind=article").status_code == 200


def test_with_an_index_there_is_no_banner(app: Flask, client: Surfer) -> None:
    app.extensions["helferkreis.search"].clear()
    assert AWAY not in client.get("/search?q=router").text


def test_it_looks_at_so_many_titles_and_no_more(
    app: Flask, monkeypatch: pytest.MonkeyPatch, count_queries: Callable[..., object]
) -> None:
    from app.accounts.actor import GUEST

    made = [cast.make_topic(f"Router {number}").id for number in range(4)]
    monkeypatch.setattr(titles, "LOOKED_AT", 3)
    with count_queries() as seen:  # type: ignore[attr-defined]
        assert queries.topic_ids_by_title(GUEST, "router", limit=2) == made[:1:-1]
        assert queries.topic_ids_by_title(GUEST, "router", limit=9) == made[:0:-1]
        assert queries.topic_ids_by_title(GUEST, ' "!" ', limit=9) == []
    assert len(seen) == 2
    cast.make_topic("Router im Team", board_slug="team")
    assert queries.topic_ids_by_title(GUEST, "team", limit=9) == []
