"""Answer times: what the page and its tables say, for whom, and what they cost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from app.core import clock
from tests import cast
from tests.surfer import Surfer

Browser = Callable[..., Surfer]
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("app")


def asked(title: str, hours_ago: float, *answers: tuple[str, float]) -> None:
    """A question so many hours ago, with (author, hours later) of its answers."""
    moment = clock.now() - timedelta(hours=hours_ago)
    topic = cast.make_topic(title, created_at=moment)
    for author, later in answers:
        cast.make_post(topic, author=author, created_at=moment + timedelta(hours=later))


def table(answer: object, delimiter: str = ",") -> list[list[str]]:
    text = answer.text.removeprefix("\ufeff")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_the_page_says_the_finding_in_words(client_as: Browser, count_queries: Callable) -> None:
    asked("Eins", 50, ("Karin", 0.5), ("Tom", 2), ("Anna", 3))  # the asker's own word counts not
    asked("Zwei", 60, ("Uwe", 2))
    asked("Drei", 70, ("Anna", 1))
    asked("Vier", 80)
    anna = client_as("Anna", "en")
    with count_queries() as queries:
        page = anna.get("/desk/answer-times").text
    assert "Half of the questions are answered within 2\xa0hours" in page
    assert "67% of the first answers come from customers and super users" in page
    assert "75%" in page
    assert len(queries) <= 4


@pytest.mark.parametrize("today", ["2026-03-29", "2026-10-25"])
def test_a_week_ends_today_also_when_the_clocks_change(client_as: Browser, today: str) -> None:
    with time_machine.travel(f"{today}T12:00:00Z", tick=False):
        rows = table(client_as("Anna", "en").get("/desk/answer-times.csv"))
    assert rows[-1][1] == today


def test_what_was_not_asked_lately_or_is_no_question_counts_not(client_as: Browser) -> None:
    asked("Alt", 24 * 40, ("Tom", 1))
    cast.make_topic("Plausch", kind="discussion")
    cast.make_topic("Verborgen", state="hidden")
    page = client_as("Anna", "en").get("/desk/answer-times").text
    assert "Nobody has asked in the last four weeks" in page


def test_a_hidden_answer_is_no_answer(client_as: Browser) -> None:
    topic = cast.make_topic(created_at=clock.now() - timedelta(days=2))
    cast.make_post(topic, state="hidden")
    assert table(client_as("Anna", "en").get("/desk/answer-times.csv?by=question"))[1][3:] == [
        "",
        "",
        "nobody yet",
    ]


def test_the_weeks_come_as_csv(client_as: Browser) -> None:
    asked("Eins", 50, ("Tom", 2))
    asked("Zwei", 24 * 15, ("Anna", 30))
    head, *weeks = table(client_as("Anna", "en").get("/desk/answer-times.csv"))
    assert head[2:] == [
        "Questions",
        "Median in minutes",
        "Nine of ten within minutes",
        "Within a day, percent",
        "Customers",
        "Super users",
        "Service team",
        "nobody yet",
    ]
    assert [week[2:] for week in weeks] == [
        ["0", "", "", "", "0", "0", "0", "0"],
        ["1", "1800", "1800", "0", "0", "0", "1", "0"],
        ["0", "", "", "", "0", "0", "0", "0"],
        ["1", "120", "120", "100", "1", "0", "0", "0"],
    ]


def test_s20_a_question_is_no_formula_in_the_table(client_as: Browser) -> None:
    asked("=1+1", 50, ("Tom", 2))
    answer = client_as("Anna", "de").get("/desk/answer-times.csv?by=question")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="questions-')
    assert answer.headers["Cache-Control"] == "no-store"
    rows = table(answer, ";")
    assert rows[1][1:3] == ["Internet", "'=1+1"]
    assert rows[1][4:] == ["120", "Kundinnen und Kunden"]


def test_where_nothing_is_open_the_figures_stand_beside_the_list(
    client_as: Browser, count_queries: Callable
) -> None:
    asked("Eins", 50, ("Tom", 2))
    ada = client_as("Ada", "en")
    ada.get("/")
    with count_queries() as queries:
        page = ada.get("/desk").text
    assert "Half of the questions are answered within" in page
    assert len(queries) <= 16


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Bert"])
def test_members_see_no_figures(client_as: Browser, name: str) -> None:
    browser = client_as(name)
    assert browser.get("/desk/answer-times").status_code == 403
    assert browser.get("/desk/answer-times.csv").status_code == 403


def test_every_series_of_the_chart_has_its_colour() -> None:
    """The template numbers them (hk-s1 …), so no search for the class finds its rule in use."""
    css = (ROOT / "static" / "css" / "figures.css").read_text()
    assert [n for n in range(1, 5) if f".hk-s{n} {{ fill: var(" not in css] == []
