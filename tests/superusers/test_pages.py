"""The pages of the programme: what each person sees, what comes back, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.core import clock
from app.core.db import db, transaction
from app.forum import actions as forum
from app.forum.models import Board, Post, Topic
from app.superusers import actions
from app.superusers.models import PointEntry
from tests import cast
from tests.superusers.conftest import (
    accept,
    ask_for,
    conceal,
    make_superuser,
    nominate,
    standing,
    vote,
)
from tests.surfer import Surfer

Browser = Callable[..., Surfer]


pytestmark = pytest.mark.usefixtures("app", "ladder")

STAFF_PAGES = ("/superusers/nominations", "/superusers/terms")


def thanked(name: str = "Tom", title: str = "Router blinkt") -> Post:
    post = cast.make_post(cast.make_topic(title), author=name)
    vote("Nele", post)
    accept(post)
    return post


def test_everybody_reads_the_programme_and_its_criteria(as_de: Surfer, as_en: Surfer) -> None:
    german, english = as_de.get("/superusers").text, as_en.get("/superusers").text
    assert all(name in german for name in ("Neu dabei", "Helfer", "Kenner", "Vordenker"))
    assert all(name in english for name in ("New here", "Helper", "Expert", "Mentor"))
    assert "500 points" in english
    assert "10 solutions for others" in english
    assert "thanks from 8 different people" in english
    assert "60 days here" in english


def test_the_page_works_before_the_ladder_is_laid(client: Surfer) -> None:
    with transaction():
        db.session.execute(db.text("DELETE FROM rank_criteria"))
    assert client.get("/superusers").status_code == 200


def test_the_main_menu_leads_there(client: Surfer) -> None:
    assert client.get("/").text.count('href="/superusers"') == 3


def test_a_member_sees_the_own_points_exactly(client_as: Browser) -> None:
    thanked()
    page = client_as("Tom", "en").get("/superusers").text
    assert "Your progress, Tom" in page
    assert "12 points" in page
    assert re.search(r"<b>12 of 20</b>", page)
    assert 'value="60" max="100"' in page, "12 of 20 points"
    assert "1, the goal was 1" in page, "one solution"
    assert "Your answer was marked as the solution" in page
    assert re.search(r"/topics/\d+-router-blinkt", page)


def test_no_bar_needs_an_inline_style(client_as: Browser) -> None:
    thanked()
    page = client_as("Tom").get("/superusers").text
    assert page.count("<progress") == 3
    assert "style=" not in page


def test_the_board_of_thanks_shows_customers_with_points_of_the_ledger(
    client_as: Browser, as_en: Surfer
) -> None:
    thanked("Tom")
    thanked("Anna", "Vom Team")
    page = as_en.get("/superusers").text
    assert page.count('href="/members/Tom"') == 2, "this month and ever"
    assert 'href="/members/Anna"' not in page, "the team helps because it is its work"
    assert page.count("12 points") == 2


def test_last_months_points_count_only_from_the_beginning(as_en: Surfer) -> None:
    thanked()
    with transaction():
        for line in db.session.query(PointEntry):
            line.happened_at = clock.now().replace(year=clock.now().year - 1)
    page = as_en.get("/superusers").text
    assert page.count('href="/members/Tom"') == 1
    assert "The month is young" in page


def test_what_is_hidden_is_off_the_board(as_en: Surfer) -> None:
    conceal(thanked())
    assert 'href="/members/Tom"' not in as_en.get("/superusers").text


def test_s02_a_topic_that_one_may_no_longer_read_is_not_named(client_as: Browser) -> None:
    thanked(title="Geheimwort Quitte")
    with transaction():
        db.session.query(Board).update({"audience": 3})
        db.session.query(Topic).update({"audience": 3})
    for address in ("/superusers", "/superusers/points"):
        page = client_as("Tom", "en").get(address).text
        assert "Quitte" not in page
        assert "in a topic that you cannot read now" in page


@pytest.mark.slow
def test_all_points_page_by_key(client_as: Browser) -> None:
    for number in range(32):
        vote("Nele", cast.make_post(cast.make_topic(f"Frage Nummer {number}"), author="Tom"))
    tom = client_as("Tom", "en")
    first = tom.get("/superusers/points").text
    (following,) = set(re.findall(r"/superusers/points\?after=\d+", first))
    titles = re.findall(r"Frage Nummer (\d+)", first + tom.get(following).text)
    assert titles == [str(n) for n in reversed(range(32))]
    assert "All your points" in tom.get("/superusers").text


def test_a_guest_is_asked_to_sign_in_for_the_own_points(client: Surfer) -> None:
    assert client.get("/superusers/points").status_code == 303


def test_no_points_yet_names_the_next_step(client_as: Browser) -> None:
    for address in ("/superusers", "/superusers/points"):
        assert "/topics?filter=unanswered" in client_as("Nele").get(address).text


@pytest.mark.parametrize("after", ["0", "-1", "9999999999999999999", "x", "1.2.3", "'", "%00"])
def test_a_strange_page_is_no_error(client_as: Browser, after: str) -> None:
    nominate()
    make_superuser("Karin")
    for address in ("points", "nominations", "nominations?filter=decided&x=1", "terms"):
        joint = "&" if "?" in address else "?"
        page = client_as("Anna").get(f"/superusers/{address}{joint}after={after}")
        assert page.status_code == 200


# What it costs


def test_the_pages_cost_few_queries(client_as: Browser, count_queries: Callable) -> None:
    for number in range(5):
        thanked(title=f"Frage Nummer {number}")
    nomination, term = nominate("Karin"), make_superuser("Tom")
    nominate("Nele")
    for name, address, budget in [
        ("guest", "/superusers", 4),
        ("Karin", "/superusers", 8),
        ("Tom", "/superusers", 10),
        ("Tom", "/superusers/points", 4),
        ("guest", "/superusers/charter", 2),
        ("Anna", "/superusers/nominations", 4),
        ("Anna", f"/superusers/nominations/{nomination.id}", 4),
        ("Anna", "/superusers/terms", 4),
        ("Anna", f"/superusers/terms/{term.id}", 4),
    ]:
        browser = client_as(name)
        with count_queries() as queries:
            assert browser.get(address).status_code == 200
        assert len(queries) <= budget, (name, address, len(queries))


def test_a_badge_stands_beside_the_name_everywhere(client_as: Browser) -> None:
    ask_for("helper", points=2)
    post = thanked()
    person = cast.actor("Tom")
    with transaction():
        forum.post_answer(
            person, topic_id=post.topic_id, text="Gern.", html="<p>Gern.</p>", parent_id=post.id
        )
        actions.adjust_rank(person.account_id)
    assert standing("Tom")[0] == 12
    reader = client_as("guest", "en")
    topic = reader.get(f"/topics/{post.topic_id}", follow_redirects=True).text
    assert topic.count("Helper</span>") >= 2, "the answer and the comment"
    for address in ("/members/Tom", "/members", "/superusers"):
        assert "Helper</span>" in reader.get(address).text, address
