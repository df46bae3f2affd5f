"""The forum's pages: what they show, what they cost, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models import Account
from app.core.db import db, transaction
from app.forum.models import Topic
from tests import cast

GUEST_LIST = 4
LISTS = ("/", "/topics", "/topics?filter=unanswered", "/boards/internet", "/tags/wlan")


def full_topic(posts: int) -> Topic:
    topic = cast.make_topic(tags=("wlan",))
    answers = [cast.make_post(topic, author=("Tom", "Uwe")[n % 2]) for n in range(posts - 3)]
    cast.make_post(topic, author="Karin", kind="comment", parent=answers[0])
    cast.make_post(topic, author="Anna", kind="comment", parent=answers[0])
    cast.accept(answers[0])
    return topic


@pytest.mark.parametrize("url", LISTS)
def test_a_list_costs_a_guest_four_queries_at_most(
    url: str, client: Any, count_queries: Callable[..., Any]
) -> None:
    cast.make_topic(tags=("wlan",))
    with count_queries() as queries:
        assert client.get(url).status_code == 200
    assert len(queries) <= GUEST_LIST, "\n".join(queries)


@pytest.mark.parametrize(
    ("posts", "name", "budget"), [(20, "guest", 7), (20, "Tom", 9), (50, "guest", 8), (50, "Tom", 12)]
)
def test_a_topic_stays_within_its_budget(
    posts: int, name: str, budget: int, client_as: Callable[..., Any], count_queries: Any
) -> None:
    topic = full_topic(posts)
    browser = client_as(name)
    with count_queries() as queries:
        page = browser.get(f"/topics/{topic.id}-wie-starte-ich-den-router-neu")
    assert page.status_code == 200
    assert len(queries) <= budget, "\n".join(queries)


def test_a_wrong_slug_leads_to_the_right_one(client: Any) -> None:
    topic = cast.make_topic("Grüße aus Köln & Straße")
    page = client.get(f"/topics/{topic.id}-nein?from=3")
    assert page.status_code == 301
    assert page.location == f"/topics/{topic.id}-gruesse-aus-koeln-strasse?from=3"


@pytest.mark.parametrize("bad", ["0", "99999999999999999999", "1e3", "-1", "abc", "9223372036854775808"])
def test_a_strange_id_is_an_unknown_page(client: Any, bad: str) -> None:
    assert client.get(f"/topics/{bad}").status_code == 404
    assert client.get(f"/posts/{bad}").status_code == 404


def test_the_solution_stands_beneath_the_question_and_its_place_points_to_it(client: Any) -> None:
    topic = cast.make_topic()
    cast.make_post(topic, text="Erster Versuch.")
    solution = cast.make_post(topic, text="So klappt es wirklich.")
    cast.accept(solution)
    page = client.get(f"/topics/{topic.id}", follow_redirects=True).text
    assert page.count("So klappt es wirklich.") == 1
    assert page.index("So klappt es wirklich.") < page.index("Erster Versuch.")
    assert f'id="place-{solution.id}"' in page


def test_a_long_topic_pages_by_position_and_a_post_has_its_own_address(client: Any) -> None:
    topic = cast.make_topic()
    answers = [cast.make_post(topic, text=f"Antwort Nummer {n}.") for n in range(70)]
    url = f"/topics/{topic.id}-wie-starte-ich-den-router-neu"
    first = client.get(url).text
    assert "Antwort Nummer 29." in first
    assert "Antwort Nummer 30." not in first
    assert f"{url}?from=32" in first
    last = client.get(client.get(f"/posts/{answers[69].id}").location.split("#")[0]).text
    assert "Antwort Nummer 69." in last
    middle = client.get(f"{url}?from=62").text
    assert f"{url}?from=32" in middle


def test_lists_page_without_gap_or_repetition(client: Any) -> None:
    wanted = {cast.make_topic(f"Thema Nummer {n}").id for n in range(45)}
    for filter_ in ("new", "unanswered", "unsolved", "popular"):
        assert ids_over_all_pages(client, f"/topics?filter={filter_}") == sorted(wanted), filter_


def ids_over_all_pages(client: Any, url: str) -> list[int]:
    import re

    found: list[int] = []
    while url:
        page = client.get(url).text
        found += [int(i) for i in re.findall(r'hk-topic__title"><a href="/topics/(\d+)', page)]
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = following.group(1).replace("&amp;", "&") if following else ""
    return sorted(found)


def test_each_filter_shows_what_its_name_says(client: Any) -> None:
    open_ = cast.make_topic("Noch ganz offen")
    answered = cast.make_topic("Schon beantwortet")
    solved = cast.make_topic("Endlich gelöst")
    talk = cast.make_topic("Nur ein Plausch", kind="discussion")
    cast.make_post(answered)
    cast.accept(cast.make_post(solved))
    with transaction():
        db.session.get_one(Topic, talk.id).score = 9
    shown = {f: ids_over_all_pages(client, f"/topics?filter={f}") for f in FILTERS}
    assert shown["new"] == sorted(t.id for t in (open_, answered, solved, talk))
    assert shown["unanswered"] == [open_.id]
    assert shown["unsolved"] == [open_.id, answered.id]
    assert shown["solved"] == [solved.id]
    assert client.get("/topics?filter=popular").text.index("Plausch") < client.get(
        "/topics?filter=popular"
    ).text.index("offen")


FILTERS = ("new", "unanswered", "unsolved", "solved")


def test_the_asker_is_told_that_the_topic_waits_for_him(client_as: Callable[..., Any]) -> None:
    topic = cast.make_topic()
    cast.make_post(topic)
    assert "Wartet auf Sie" in client_as("Karin", "de").get("/topics").text
    assert "Wartet auf Sie" not in client_as("Tom", "de").get("/topics").text


def test_empty_pages_say_what_to_do_next(client: Any) -> None:
    cast.board()
    for url in ("/topics", "/boards/internet", "/tags", "/tags/unbekannt", "/search?q="):
        page = client.get(url)
        assert page.status_code == 200
        assert "hk-empty" in page.text, url


def test_home_thanks_those_who_solved_most(client: Any) -> None:
    cast.board()
    tom_id = cast.account("Tom").id
    with transaction():
        db.session.get_one(Account, tom_id).solutions_count = 12
    assert "12 Lösungen" in client.get("/").text or "12 solutions" in client.get("/").text
