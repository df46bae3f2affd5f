"""The desk's pages: what waits, for whom, what it costs, and that nobody else sees any of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import clock
from app.core.text import render
from app.desk import actions
from app.desk import queries as desk
from tests import cast
from tests.desk.conftest import charges, do, failed_job, take
from tests.moderation.conftest import report, rude_answer
from tests.superusers.conftest import nominate
from tests.surfer import Surfer

Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")

NEEDLE = "Vorgang R-2291"


def waiting_things() -> None:
    """One of most kinds."""
    cast.make_topic("Anschluss tot", created_at=clock.now() - timedelta(hours=5))
    cast.make_topic("Wechsel in Tarif M", created_at=clock.now() - timedelta(hours=2))
    report(rude_answer())
    nominate("Nele")
    failed_job()


def noted(topic_id: int, text: str = NEEDLE) -> None:
    do("Anna", actions.write_note, topic_id=topic_id, text=text, html=render(text))


def titles(page: str) -> list[str]:
    return re.findall(r'hk-inrow__title"><a [^>]*>([^<]*)', page)


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Bert"])
def test_members_find_no_desk(client_as: Browser, name: str) -> None:
    topic = cast.make_topic()
    browser = client_as(name)
    paths = ("", "/counts", f"/topic/{topic.id}", f"/topics/{topic.id}/notes", "/jobs/1")
    assert {browser.get(f"/desk{path}").status_code for path in paths} == {403}
    for path in (f"/topic/{topic.id}/take", f"/topic/{topic.id}/assign", "/jobs/1/retry"):
        assert browser.submit(f"/desk{path}").status_code == 403
    assert browser.submit(f"/desk/topics/{topic.id}/notes", text="Hm.").status_code == 403
    assert "/desk" not in browser.get("/").text
    assert charges("topic", topic.id) == []


def test_a_guest_is_asked_to_sign_in(client: Surfer) -> None:
    assert client.get("/desk").status_code == 303
    assert client.submit("/desk/topic/1/take").status_code == 401


def test_an_empty_inbox_says_so_with_a_next_step(client_as: Browser) -> None:
    page = client_as("Anna", "en").get("/desk").text
    assert "All done" in page
    assert "/topics?filter=unsolved" in page


def test_the_inbox_shows_what_waits_most_urgent_first(client_as: Browser) -> None:
    waiting_things()
    page = client_as("Ada", "en").get("/desk").text
    found = titles(page)
    assert len(found) == 5  # the reported answer's question has an answer: it is not one of them
    assert found[0].startswith("The job")
    assert found.index("Anschluss tot") < found.index("Wechsel in Tarif M")
    assert "Nele could become a super user" in found


def test_failed_jobs_are_for_administrators(client_as: Browser) -> None:
    job_id = failed_job()
    assert "The job" not in client_as("Anna", "en").get("/desk").text
    assert client_as("Anna").get(f"/desk/jobs/{job_id}").status_code == 403
    assert client_as("Anna").submit(f"/desk/jobs/{job_id}/retry").status_code == 403
    page = client_as("Ada", "en").get(f"/desk/jobs/{job_id}").text
    assert "Der Server sagt nein." in page
    assert client_as("Ada").submit(f"/desk/jobs/{job_id}/retry").status_code == 303
    assert titles(client_as("Ada").get("/desk").text) == []


def test_the_filter_shows_one_kind(client_as: Browser) -> None:
    waiting_things()
    anna = client_as("Anna", "en")
    assert titles(anna.get("/desk?kind=nomination").text) == ["Nele could become a super user"]
    assert titles(anna.get("/desk?kind=question").text)[0] == "Anschluss tot"
    assert len(titles(anna.get("/desk?kind=nonsense").text)) == 4


def test_mine_shows_also_topics_that_were_answered_meanwhile(client_as: Browser) -> None:
    topic = cast.make_topic("Router blinkt")
    take("Anna", topic.id)
    cast.make_post(topic, author="Tom")
    anna = client_as("Anna", "en")
    assert titles(anna.get("/desk").text) == []
    assert titles(anna.get("/desk?kind=mine").text) == ["Router blinkt"]
    assert titles(client_as("Mo").get("/desk?kind=mine").text) == []


def test_the_cap_is_told(client_as: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        cast.make_topic(f"Frage {number}")
    monkeypatch.setattr("app.desk.display.lines.LIMIT", 3)
    page = client_as("Anna", "en").get("/desk").text
    assert len(titles(page)) == 3
    assert "that have waited longest" in page


def test_taking_and_releasing_by_button(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna = client_as("Anna", "en")
    assert anna.submit(f"/desk/topic/{topic.id}/take").location.startswith("/desk")
    assert "you are in charge" in anna.get("/desk").text
    assert "Anna is in charge" in client_as("Mo", "en").get("/desk").text
    back = anna.submit(f"/desk/topic/{topic.id}/release", back="topic").location
    assert back.startswith(f"/topics/{topic.id}")
    assert charges("topic", topic.id) == [("Anna", False)]


def test_handing_over_keeps_the_history(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna = client_as("Anna", "en")
    anna.submit(f"/desk/topic/{topic.id}/take")
    anna.submit(f"/desk/topic/{topic.id}/assign", account=cast.account("Mo").id)
    page = anna.get(f"/desk/topic/{topic.id}").text
    assert "Mo is in charge" in page
    assert "Anna, by Anna" in page and "Mo, by Anna" in page


def test_the_inbox_says_how_long_something_waits(client_as: Browser) -> None:
    cast.make_topic("Anschluss tot", created_at=clock.now() - timedelta(hours=5, minutes=1))
    page = client_as("Anna", "en").get("/desk").text
    assert "waiting for 5\xa0hours" in page
    assert 'stroke-dasharray="20 100"' in page
    assert "wartet seit 5\xa0Std." in client_as("Anna", "de").get("/desk").text


def test_many_rows_come_in_two_helpings(
    client_as: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        cast.make_topic(f"Frage {number}")
    monkeypatch.setattr("app.desk.views.inbox.SHOWN", 3)
    anna = client_as("Anna", "en")
    page = anna.get("/desk?kind=question").text
    assert len(titles(page)) == 3
    assert "Show 1 more" in page and "/desk?kind=question&amp;all=1" in page
    assert len(titles(anna.get("/desk?kind=question&all=1").text)) == 4


@pytest.mark.parametrize("account", ["", "x", "-1", "9" * 30, "0", "²"])
def test_strange_colleagues_are_no_error(client_as: Browser, account: str) -> None:
    topic = cast.make_topic()
    answer = client_as("Anna").submit(f"/desk/topic/{topic.id}/assign", account=account)
    assert answer.status_code == 404
    assert charges("topic", topic.id) == []


@pytest.mark.parametrize("path", ["/desk/nonsense/1", "/desk/case/4711", "/desk/topic/4711"])
def test_what_is_not_there_is_not_found(client_as: Browser, path: str) -> None:
    assert client_as("Ada").get(path).status_code == 404
    assert client_as("Ada").submit(f"{path}/take").status_code == 404


def test_the_counts_come_as_fragments(client_as: Browser) -> None:
    waiting_things()
    ada = client_as("Ada", "en")
    count = ada.get("/desk/counts")
    assert "5 items are waiting" in count.text
    assert "<html" not in count.text
    assert count.headers["Cache-Control"] == "no-store"
    tabs = ada.get("/desk/counts?for=tabs&kind=job").text
    assert 'id="desk-tabs"' in tabs
    assert 'aria-current="true">Failed job' in tabs


def test_only_staff_ask_for_the_counts(client_as: Browser, client: Surfer) -> None:
    assert 'hx-get="/desk/counts"' in client_as("Anna").get("/").text
    assert "/desk" not in client_as("Karin").get("/").text
    assert "/desk" not in client.get("/").text


@pytest.mark.parametrize("path", ["/desk", "/desk?kind=mine", "/desk/counts"])
def test_the_inbox_costs_few_queries(
    client_as: Browser, count_queries: Callable, path: str
) -> None:
    waiting_things()
    take("Ada", cast.make_topic("Meins").id)
    ada = client_as("Ada")
    with count_queries() as queries:
        assert ada.get(path).status_code == 200
    assert len(queries) <= 16


def test_the_strip_is_shown_to_the_team(client_as: Browser, count_queries: Callable) -> None:
    topic = cast.make_topic()
    take("Mo", topic.id)
    noted(topic.id)
    anna = client_as("Anna", "en")
    url = anna.get(f"/topics/{topic.id}").location
    with count_queries() as queries:
        page = anna.get(url).text
    assert "Only the service team sees this" in page
    assert NEEDLE in page
    assert len(queries) <= 16


@pytest.mark.parametrize("name", ["guest", "Karin", "Tom", "Uwe", "Bert"])
def test_notes_never_reach_anybody_else(client_as: Browser, name: str) -> None:
    """Premise: Karin asked and Tom answered, so they see the most of this topic."""
    topic = cast.make_topic()
    post = cast.make_post(topic)
    noted(topic.id)
    take("Anna", topic.id)
    browser = client_as(name)
    pages = [f"/topics/{topic.id}", f"/posts/{post.id}", "/", "/search?q=Vorgang", "/topics"]
    for path in pages:
        text = browser.get(path, follow_redirects=True).text
        assert NEEDLE not in text
        assert "hk-strip" not in text


def test_a_note_is_written_on_the_topic(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna = client_as("Anna")
    answer = anna.submit(f"/desk/topics/{topic.id}/notes", text=f"**{NEEDLE}**", back="topic")
    assert answer.location.startswith(f"/topics/{topic.id}")
    again = anna.submit(f"/desk/topics/{topic.id}/notes", text="Noch eine.", filter="question")
    assert again.location == f"/desk/topic/{topic.id}?filter=question&done=noted"
    assert f"<strong>{NEEDLE}</strong>" in anna.get(f"/desk/topics/{topic.id}/notes").text


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_a_bad_note_comes_back_with_its_text(client_as: Browser, text: str) -> None:
    topic = cast.make_topic()
    answer = client_as("Anna").submit(f"/desk/topics/{topic.id}/notes", text=text)
    assert answer.status_code == 422
    assert "hk-field__error" in answer.text
    assert text in answer.text
    assert desk.notes_of(topic.id, 10) == []


def test_a_topic_that_is_gone_has_no_notes(client_as: Browser) -> None:
    topic = cast.make_topic(state="removed")
    anna = client_as("Anna")
    assert anna.get(f"/desk/topics/{topic.id}/notes").status_code == 404
    assert anna.submit(f"/desk/topics/{topic.id}/notes", text="Hm.").status_code == 404
