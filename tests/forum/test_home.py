"""The start page: the current notice, how soon answers come, whom it thanks, what helps; similar topics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models import Account
from app.core import clock
from app.core.db import db, transaction
from app.core.figures import figure, keep_figure
from app.core.search import engine
from app.forum import actions
from app.forum.display import FIRST_ANSWER
from app.forum.reactions import find_similar
from app.forum.upkeep import ENOUGH_QUESTIONS, count_first_answers
from app.knowledge.models import Revision
from app.knowledge.upkeep import count_helped
from app.superusers.upkeep import count_thanked
from tests import cast
from tests.knowledge.conftest import written
from tests.visibility.world import World, index


def ago(**parts: float) -> Any:
    return clock.now() - timedelta(**parts)


def asked(number: int, minutes: float | None, **columns: Any) -> None:
    """A question of three days ago, answered after so many minutes, or not."""
    moment = ago(days=3)
    topic = cast.make_topic(f"Frage {number}", created_at=moment, **columns)
    if minutes is not None:
        cast.make_post(topic, created_at=moment + timedelta(minutes=minutes))


def counted() -> Any:
    with transaction():
        count_first_answers()
    return figure(FIRST_ANSWER)


def test_half_of_the_questions_were_answered_that_soon(app: Any, client: Any) -> None:
    for number in range(ENOUGH_QUESTIONS + 1):
        asked(number, 10 * number)
    assert counted() == {"minutes": 100, "questions": ENOUGH_QUESTIONS + 1}
    assert "nach 2 Stunden" in client.get("/", headers={"Accept-Language": "de"}).text


def test_one_s_own_answer_is_none_and_unanswered_ones_took_for_ever(app: Any) -> None:
    for number in range(ENOUGH_QUESTIONS):
        asked(number, 30 if number % 2 else None)
    asked(99, None)
    cast.make_post(cast.make_topic(created_at=ago(days=3)), author="Karin")
    assert counted() is None, "more than half of them wait"


def test_a_few_questions_are_luck_and_new_ones_do_not_count(app: Any, client: Any) -> None:
    for number in range(ENOUGH_QUESTIONS - 1):
        asked(number, 5)
    cast.make_post(cast.make_topic())
    assert counted() is None
    assert "hk-hours" not in client.get("/").text


def test_closed_boards_do_not_count(app: Any) -> None:
    for number in range(ENOUGH_QUESTIONS):
        asked(number, 5, board_slug="mitglieder")
    assert counted() is None


@pytest.mark.parametrize(
    ("columns", "days", "shown"),
    [
        ({"kind": "announcement"}, 1, True),
        ({"kind": "announcement"}, 30, False),
        ({"kind": "announcement", "pinned": True}, 30, True),
        ({"kind": "announcement", "state": "hidden"}, 1, False),
        ({"kind": "announcement", "board_slug": "team"}, 1, False),
        ({"kind": "discussion", "pinned": True}, 1, False),
    ],
)
def test_the_current_notice_stands_on_the_start_page(
    client: Any, columns: dict[str, Any], days: int, shown: bool
) -> None:
    cast.make_topic("Wartung am Sonntag", author="Anna", created_at=ago(days=days), **columns)
    assert ("hk-flash--notice" in client.get("/").text) is shown


def solve(author: str, title: str) -> None:
    answer = cast.make_post(cast.make_topic(title), author=author)
    karin = cast.actor("Karin")
    with transaction():
        actions.accept_answer(karin, post_id=answer.id)


def test_the_helpers_of_the_month_are_thanked(client: Any) -> None:
    for author, solutions in (("Tom", 3), ("Uwe", 2), ("Nele", 1)):
        for number in range(solutions):
            solve(author, f"{author} hilft {number}")
    with transaction():
        count_thanked()
    page = client.get("/", headers={"Accept-Language": "de"}).text
    assert page.index("/members/Tom") < page.index("/members/Uwe") < page.index("/members/Nele")
    assert "3 Lösungen" in page
    assert "Danke im " in page


def test_a_solution_that_was_taken_back_is_not_thanked_for(app: Any) -> None:
    topic = cast.make_topic()
    answer, karin = cast.make_post(topic), cast.actor("Karin")
    with transaction():
        actions.accept_answer(karin, post_id=answer.id)
    with transaction():
        actions.withdraw_acceptance(karin, post_id=answer.id)
        count_thanked()
    assert figure("thanked")["people"] == []


def test_who_is_suspended_meanwhile_is_not_shown(client: Any) -> None:
    solve("Tom", "Einmal")
    tom_id = cast.account("Tom").id
    with transaction():
        count_thanked()
        db.session.get_one(Account, tom_id).state = "suspended"
    assert "/members/Tom" not in client.get("/").text.partition('aria-labelledby="h-thanked"')[2]


def test_what_helped_most_is_named_under_the_search(client: Any) -> None:
    often, never = written("Hilft oft"), written("Hilft nie")
    with transaction():
        for article_id, yes, no in ((often, 5, 1), (never, 5, 9)):
            row = db.session.execute(db.select(Revision).filter_by(article_id=article_id)).scalar()
            row.helpful_count, row.unhelpful_count = yes, no
    with transaction():
        count_helped()
    head = client.get("/").text.partition('id="h-boards"')[0]
    assert "Hilft oft" in head
    assert "Hilft nie" not in head


def test_the_start_page_stays_within_its_budget(client: Any, count_queries: Any) -> None:
    solve("Tom", "Einmal")
    cast.make_topic("Wartung", author="Anna", kind="announcement")
    written("Router neu starten")
    with transaction():
        count_thanked()
    with count_queries() as queries:
        assert client.get("/").status_code == 200
    assert len(queries) <= 4, "\n".join(queries)


def test_the_same_figure_again_writes_nothing(app: Any, count_queries: Any) -> None:
    with transaction():
        keep_figure("a", [1])
    with count_queries() as queries, transaction():
        keep_figure("a", [1])
    assert [query for query in queries if not query.startswith("SELECT")] == []
    with transaction():
        keep_figure("a", [2])
    assert figure("a") == [2]


@pytest.fixture
def alike(app: Any) -> tuple[Any, Any]:
    first, second = cast.make_topic("Router blinkt rot"), cast.make_topic("Mein Router blinkt rot")
    others = [cast.make_topic(f"Rechnung {month} doppelt") for month in ("Mai", "Juni", "Juli")]
    engine().clear()
    index(World(topics=[first, second, *others]))
    find_similar()
    return first, second


def beside(client: Any, topic: Any) -> str:
    page = client.get(f"/topics/{topic.id}", follow_redirects=True).text
    return str(page.partition('id="h-similar"')[2].partition("</section>")[0])


def test_similar_topics_stand_beside_a_topic(alike: Any, client: Any) -> None:
    first, second = alike
    assert "Mein Router blinkt rot" in beside(client, first)
    assert "Router blinkt rot" in beside(client, second)
    assert "Rechnung" not in beside(client, first)


def test_a_hidden_topic_is_no_longer_named_beside_others(alike: Any, client: Any) -> None:
    first, second = alike
    assert beside(client, first), "the premise: the page is kept with the title"
    question = db.session.execute(
        db.text("SELECT id FROM post WHERE topic_id = :id"), {"id": second.id}
    ).scalar_one()
    with transaction():
        actions.conceal_post(question, by=None)
    assert beside(client, first) == ""


def test_looking_for_similar_topics_again_is_harmless(
    alike: Any, client: Any, count_queries: Callable[..., Any]
) -> None:
    before = beside(client, alike[0])
    find_similar()
    assert beside(client, alike[0]) == before
