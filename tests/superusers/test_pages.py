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
from app.superusers.models import Nomination, PointEntry, Term
from tests import cast
from tests.superusers.conftest import (
    accept,
    ask_for,
    conceal,
    confirm,
    make_superuser,
    move_end,
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
    assert "/topics/1-router-blinkt" in page


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


# For the team


@pytest.mark.parametrize("name", ["guest", "Tom", "Uwe", "Bert"])
def test_the_teams_pages_refuse_everybody_else(client_as: Browser, name: str) -> None:
    nomination, term = nominate(), make_superuser("Karin")
    person = client_as(name)
    status = (303, 401) if name == "guest" else (403, 403)
    about = f"/superusers/nominations/{nomination.id}"
    for address in (*STAFF_PAGES, about, f"/superusers/terms/{term.id}"):
        assert person.get(address).status_code == status[0], address
    for address in (
        f"{about}/confirm",
        f"{about}/decline",
        f"{about}/withdraw",
        f"/superusers/terms/{term.id}/end",
        f"/superusers/terms/{term.id}/renew",
    ):
        assert person.submit(address, reason="Darum.").status_code == status[1], address
    db.session.expire_all()
    assert db.session.get_one(Nomination, nomination.id).state == "open"
    assert db.session.get_one(Term, term.id).ended_at is None


@pytest.mark.parametrize("name", ["Anna", "Mo", "Ada"])
def test_the_team_reads_and_confirms(client_as: Browser, name: str) -> None:
    nomination, team = nominate(), client_as(name, "en")
    assert "Tom" in team.get("/superusers/nominations").text
    page = team.get(f"/superusers/nominations/{nomination.id}").text
    assert "512" in page
    answer = team.submit(f"/superusers/nominations/{nomination.id}/confirm", reason="")
    assert answer.status_code == 303
    assert "Invited" in team.get(answer.location).text
    assert "Tom" not in team.get("/superusers/nominations").text.split("<main")[1]
    assert "Tom" in team.get("/superusers/nominations?filter=decided").text


def test_declining_needs_a_reason_and_keeps_what_was_typed(client_as: Browser) -> None:
    nomination, anna = nominate(), client_as("Anna", "en")
    address = f"/superusers/nominations/{nomination.id}"
    empty = anna.submit(f"{address}/decline", reason="  ")
    assert (empty.status_code, "Please say why" in empty.text) == (422, True)
    long = anna.submit(f"{address}/decline", reason="Quitte " * 200)
    assert (long.status_code, "Quitte Quitte" in long.text) == (422, True)
    assert anna.submit(f"{address}/decline", reason="Noch zu neu.").status_code == 303
    assert "Noch zu neu." in anna.get(address).text
    assert anna.submit(f"{address}/confirm", reason="").status_code == 403


def test_what_does_not_exist_is_not_found(client_as: Browser) -> None:
    anna = client_as("Anna")
    assert anna.get("/superusers/nominations/77").status_code == 404
    assert anna.submit("/superusers/nominations/77/confirm").status_code == 404
    assert anna.get("/superusers/terms/77").status_code == 404
    assert anna.submit("/superusers/terms/77/end", reason="x").status_code == 404
    assert anna.submit("/superusers/terms/77/renew").status_code == 404


def test_taking_an_invitation_back(client_as: Browser) -> None:
    nomination, anna = nominate(), client_as("Anna", "en")
    confirm(nomination)
    address = f"/superusers/nominations/{nomination.id}/withdraw"
    assert anna.submit(address, reason="Ein Versehen.").status_code == 303
    assert "Accept the charter" not in client_as("Tom", "en").get("/superusers/charter").text


# The charter


def test_everybody_reads_the_charter_but_only_the_invited_answer(client_as: Browser) -> None:
    confirm(nominate())
    assert "Selbstverpflichtung" in client_as("guest", "de").get("/superusers/charter").text
    for name, asked in [("guest", False), ("Karin", False), ("Uwe", False), ("Tom", True)]:
        page = client_as(name, "en").get("/superusers/charter").text
        assert "Charter of the super users" in page
        assert ("Accept the charter" in page) is asked, name


def test_the_way_to_become_a_super_user_in_the_browser(client_as: Browser) -> None:
    confirm(nominate())
    lounge = cast.make_topic("Lounge-Thema", author="Uwe", board_slug="lounge")
    tom = client_as("Tom", "en")
    assert "You are invited" in tom.get("/superusers").text
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 404
    assert tom.submit("/superusers/charter/accept", version="9").status_code == 422
    assert tom.submit("/superusers/charter/accept", version="x" * 50).status_code == 422
    for _ in range(2):
        done = tom.submit("/superusers/charter/accept", version="1")
        assert done.status_code == 303
    page = tom.get(done.location).text
    assert "You are a super user from now on." in page
    assert "Your term as super user runs until" in page
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 200


def test_saying_no_has_no_consequences(client_as: Browser) -> None:
    confirm(nominate())
    tom = client_as("Tom", "en")
    for _ in range(2):
        assert tom.submit("/superusers/charter/refuse").status_code == 303
    assert tom.submit("/superusers/charter/accept", version="1").status_code == 403


def test_nobody_else_accepts(client_as: Browser) -> None:
    confirm(nominate())
    for name, status in [("guest", 401), ("Karin", 403), ("Bert", 403), ("Anna", 403)]:
        for verb in ("accept", "refuse"):
            answer = client_as(name).submit(f"/superusers/charter/{verb}", version="1")
            assert answer.status_code == status, (name, verb)


# Terms


def test_ending_a_term_needs_a_reason_and_holds_at_once(client_as: Browser) -> None:
    term = make_superuser()
    lounge = cast.make_topic("Lounge-Thema", author="Uwe", board_slug="lounge")
    tom, anna = client_as("Tom"), client_as("Anna", "en")
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 200
    address = f"/superusers/terms/{term.id}"
    assert anna.submit(f"{address}/end", reason="").status_code == 422
    assert anna.submit(f"{address}/end", reason="Regel gebrochen.").status_code == 303
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 404
    assert "Regel gebrochen." in anna.get(address).text
    assert "No term runs" in anna.get("/superusers/terms").text


def test_a_super_user_stops_at_any_time_without_reasons(client_as: Browser) -> None:
    make_superuser()
    tom, karin = client_as("Tom", "en"), client_as("Karin", "en")
    assert "/superusers/leave" in tom.get("/superusers").text
    assert "Stop now" in tom.get("/superusers/leave").text
    assert karin.get("/superusers/leave").status_code == 404
    assert karin.submit("/superusers/leave").status_code == 303
    for _ in range(2):
        done = tom.submit("/superusers/leave")
        assert "You are no longer a super user." in tom.get(done.location).text
    tom_now = cast.actor("Tom")
    assert (tom_now.role, tom_now.grants) == ("customer", frozenset())
    assert cast.actor("Karin").role == "customer"


def test_renewing_is_offered_in_the_last_weeks(client_as: Browser) -> None:
    term, anna = make_superuser(), client_as("Anna", "en")
    address = f"/superusers/terms/{term.id}"
    assert "Renew for a year" not in anna.get(address).text
    assert anna.submit(f"{address}/renew").status_code == 403
    move_end(term, days=20)
    assert "Renew for a year" in anna.get(address).text
    assert anna.submit(f"{address}/renew").status_code == 303


# What it costs


def test_the_pages_cost_few_queries(client_as: Browser, count_queries: Callable) -> None:
    for number in range(5):
        thanked(title=f"Frage Nummer {number}")
    for name in ("Karin", "Nele"):
        nominate(name)
    make_superuser("Tom")
    for name, address, budget in [
        ("guest", "/superusers", 4),
        ("Karin", "/superusers", 8),
        ("Tom", "/superusers", 10),
        ("Tom", "/superusers/points", 4),
        ("guest", "/superusers/charter", 2),
        ("Anna", "/superusers/nominations", 4),
        ("Anna", "/superusers/nominations/1", 4),
        ("Anna", "/superusers/terms", 4),
        ("Anna", "/superusers/terms/1", 4),
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
