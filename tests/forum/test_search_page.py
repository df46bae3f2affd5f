"""The search page: facets, operators, corrections, and what it costs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest

from app.core.db import transaction
from app.core.search import count_misses, engine, most_missed
from app.forum import search
from tests import cast


def make_topics() -> dict[str, Any]:
    """Five questions about routers, one of them for the team only; indexed."""
    topics = {
        "solved": cast.make_topic("Router startet neu", tags=("wlan", "router")),
        "open": cast.make_topic("Router und Drucker", author="Tom", tags=("drucker",)),
        "tv": cast.make_topic("Router am Fernseher", board_slug="tv"),
        "bill": cast.make_topic("Rechnungsadresse ändern"),
        "staff": cast.make_topic(
            "Router nur intern", board_slug="team", author="Anna", tags=("intern",)
        ),
    }
    cast.accept(cast.make_post(topics["solved"], author="Uwe", text="Stecker ziehen."))
    engine().clear()
    search.update_index([topic.id for topic in topics.values()])
    return topics


@pytest.fixture
def topics(app: Any) -> dict[str, Any]:
    return make_topics()


def found(page: Any, topics: dict[str, Any]) -> set[str]:
    assert page.status_code == 200
    return {name for name, topic in topics.items() if f"/topics/{topic.id}-" in page.text}


def facets(page: Any) -> dict[str, int]:
    """Each value with its count, as it is read."""
    lines = re.findall(r'hk-facet__value".*?</svg><span>(.*?)</span>.*?__count">(\d+)', page.text)
    return {words: int(count) for words, count in lines}


def link(page: Any, words: str) -> str:
    """Where the facet's value leads."""
    match = re.search(rf'href="([^"]+)"[^>]*>(?:(?!</a>).)*<span>{words}</span>', page.text)
    assert match, words
    return match[1].replace("&amp;", "&")


def test_facets_count_what_the_viewer_may_read_and_narrow_it(topics, client_as):
    guest, anna = client_as("guest", "de"), client_as("Anna", "de")
    page = guest.get("/search?q=router")
    assert found(page, topics) == {"solved", "open", "tv"}
    assert facets(page) == {
        "Offen": 2, "Gelöst": 1, "Internet": 2, "Tv": 1, "drucker": 1, "router": 1, "wlan": 1,
    }  # fmt: skip
    assert "intern<" not in page.text
    assert facets(anna.get("/search?q=router"))["Offen"] == 3
    assert facets(anna.get("/search?q=router"))["intern"] == 1

    solved = guest.get(link(page, "Gelöst"))
    assert found(solved, topics) == {"solved"}
    assert facets(solved)["Offen"] == 2  # what choosing it as well would add
    both = guest.get(link(solved, "Offen"))
    assert found(both, topics) == {"solved", "open", "tv"}
    assert found(guest.get(link(both, "Gelöst")), topics) == {"open", "tv"}
    assert found(guest.get(link(page, "Tv")), topics) == {"tv"}
    nothing = guest.get("/search?q=router&board=tv&status=solved")
    assert found(nothing, topics) == set()
    assert "Kein Treffer passt" in nothing.text


def test_strange_choices_are_harmless(topics, client):
    for strange in (
        "board=%00&board='",
        "tag=" + "x" * 500,
        "since=never&kind=nonsense",
        "start=x",
    ):
        assert client.get(f"/search?q=router&{strange}").status_code == 200


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("router board:tv", {"tv"}),
        ("bereich:TV", {"tv"}),
        ("router status:gelöst", {"solved"}),
        ("STATUS:open router", {"open", "tv"}),
        ("tag:drucker", {"open"}),
        ("author:Uwe", {"solved"}),
        ("autor:tom router", {"open"}),
        ('"router startet"', {"solved"}),
        ("router board:team", {"solved", "open", "tv"}),
        ("router tag:intern", {"solved", "open", "tv"}),
        ("router status:halb", {"solved", "open", "tv"}),
        ("router author:Niemand", {"solved", "open", "tv"}),
        ("Adresse", {"bill"}),
    ],
)
def test_operators_narrow_and_bad_values_are_said(topics, as_de, query, names):
    page = as_de.get("/search", query_string={"q": query})
    assert found(page, topics) == names
    said = "Wir haben deshalb" in page.text
    assert said == any(bad in query for bad in ("team", "intern", "halb", "Niemand"))


def test_staff_use_operators_on_what_they_may_read(topics, client_as):
    anna = client_as("Anna", "de")
    assert found(anna.get("/search?q=router board:team"), topics) == {"staff"}
    assert found(anna.get("/search?q=tag:intern"), topics) == {"staff"}


def test_a_typing_error_is_mended_and_said(topics, as_de):
    page = as_de.get("/search?q=ruoter")
    assert found(page, topics) == {"solved", "open", "tv"}
    assert "für „router“. Mit „ruoter“ gibt es nichts." in page.text
    partly = as_de.get("/search?q=ruoter drucker")
    assert found(partly, topics) == {"open"}
    assert "Meinten Sie" in partly.text
    assert re.search(r'href="/search\?q=router(\+|%20)drucker"', partly.text)


def test_passages_and_titles_are_marked(topics, as_de):
    assert "<mark>Rechnungsadresse</mark> ändern" in as_de.get("/search?q=adresse").text


def test_nothing_found_is_noted_and_leads_to_asking(topics, as_de, client_as):
    page = as_de.get("/search?q=Faxweiche anna@example.org")
    assert "Keine Treffer" in page.text
    assert "title=Faxweiche" in unquote(page.text)
    as_de.get("/search?q=xyzzyq board:tv")  # nothing in one board is not nothing
    with transaction():
        count_misses()
    assert [row.words for row in most_missed()[0]] == ["faxweiche"]
    assert "faxweiche" in client_as("Anna").get("/knowledge/searches").text
    for name, status in (("guest", 303), ("Tom", 403), ("Bert", 403)):
        assert client_as(name).get("/knowledge/searches").status_code == status


@pytest.mark.only("sqlite")
def test_a_search_stays_within_its_budget(topics, client_as, count_queries):
    for name, url, budget in (
        ("guest", "/search?q=router", 5),
        ("guest", "/search?q=router status:open&board=tv", 5),
        ("guest", "/search?q=ruoter", 7),
        ("Tom", "/search?q=router", 7),
    ):
        browser = client_as(name)
        with count_queries() as queries:
            browser.get(url)
        assert len(queries) <= budget, (url, queries)
