"""Ranks follow the criteria: up at once, down late, announced once, and by the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from app.accounts.models import Document, Rank
from app.core import clock
from app.core.db import db, transaction
from app.core.events import EventRow
from app.superusers import actions, reactions
from app.superusers.actions.laying import LANGUAGES, charter_text
from app.superusers.models import Nomination, RankCriteria, RankStep
from tests import cast
from tests.superusers.conftest import (
    accept,
    ask_for,
    events,
    rank_of,
    review,
    unvote,
    vote,
    withdraw,
)

Work = Callable[[], None]

pytestmark = pytest.mark.usefixtures("app", "ladder")


def count(model: type) -> int:
    return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def thanked() -> object:
    post = cast.make_post(cast.make_topic(), author="Tom")
    accept(post)
    return post


def test_laying_the_ranks_twice_keeps_what_the_operator_changed() -> None:
    ask_for("helper", points=77)
    with transaction():
        db.session.query(Rank).filter_by(key="helper").one().name_de = "Freund"
    before = (count(Rank), count(RankCriteria), count(Document))
    with transaction():
        actions.lay_ranks()
    assert (count(Rank), count(RankCriteria), count(Document)) == before == (4, 5, 2)
    assert db.session.query(RankCriteria).filter_by(key="helper").one().points == 77
    assert db.session.query(Rank).filter_by(key="helper").one().name_de == "Freund"


def test_each_step_asks_for_more_than_the_one_below() -> None:
    steps = db.session.query(RankCriteria).order_by(RankCriteria.position).all()
    asked = [(s.points, s.solutions, s.thankers, s.days) for s in steps]
    assert all(all(a <= b for a, b in zip(x, y, strict=True)) for x, y in pairwise(asked))
    assert asked[-1] == (500, 10, 8, 60)


def test_the_charter_is_there_in_both_languages_and_names_no_company() -> None:
    for language in LANGUAGES:
        title, text = charter_text(language)
        document = db.session.query(Document).filter_by(kind="charter", language=language).one()
        assert (document.title, document.version) == (title, 1)
        assert "12" in text and "Talfunk" not in title + text


def test_points_bring_the_rank_behind_the_request(work: Work) -> None:
    ask_for("helper", points=10, solutions=1)
    thanked()
    assert rank_of("Tom") is None
    work()
    assert rank_of("Tom") == "helper"
    assert events("RankReached") == ["RankReached"]


def test_the_beginning_is_no_badge() -> None:
    thanked()
    review("Tom")
    assert rank_of("Tom") is None


def test_reviewing_again_changes_nothing() -> None:
    ask_for("helper", points=10)
    thanked()
    for _ in range(3):
        review("Tom")
    assert (count(RankStep), events("RankReached")) == (1, ["RankReached"])


def test_somebody_may_climb_several_steps_at_once() -> None:
    ask_for("expert", points=5)
    thanked()
    review("Tom")
    assert rank_of("Tom") == "expert"


def test_a_rank_is_lost_only_after_two_weeks_and_not_announced_again() -> None:
    ask_for("helper", points=10)
    post = thanked()
    review("Tom")
    withdraw(post)  # type: ignore[arg-type]
    review("Tom")
    assert rank_of("Tom") == "helper", "kept for now"
    with transaction():
        db.session.query(RankStep).update({"changed_at": clock.now() - timedelta(days=14)})
    review("Tom")
    assert rank_of("Tom") is None
    accept(post)  # type: ignore[arg-type]
    review("Tom")
    assert rank_of("Tom") == "helper"
    assert events("RankReached") == ["RankReached"]


def test_days_count_from_joining() -> None:
    ask_for("helper", points=1, days=30)
    post = cast.make_post(cast.make_topic(), author="Nele")
    vote("Tom", post)
    review("Nele")
    assert rank_of("Nele") is None
    nele = cast.account("Nele")
    with transaction():
        nele.confirmed_at = clock.now() - timedelta(days=30)
    review("Nele")
    assert rank_of("Nele") == "helper"


@pytest.mark.parametrize("name", ["Anna", "Mo", "Ada", "Bert"])
def test_the_team_and_suspended_members_get_no_rank(name: str) -> None:
    ask_for("helper", points=1)
    vote("Nele", cast.make_post(cast.make_topic(), author=name))
    review(name)
    assert rank_of(name) is None


def test_the_daily_review_finds_who_has_waited_long_enough(work: Work) -> None:
    ask_for("helper", points=1, days=30)
    post = cast.make_post(cast.make_topic(), author="Nele")
    vote("Tom", post)
    work()
    nele = cast.account("Nele")
    with transaction():
        nele.confirmed_at = clock.now() - timedelta(days=31)
    for _ in range(2):
        reactions.review_everybody()
        work()
    assert rank_of("Nele") == "helper"
    assert count(RankStep) == 1
    unvote("Tom", post)


def test_the_threshold_opens_one_nomination(work: Work) -> None:
    ask_for("superuser", points=10, solutions=1, thankers=1, days=60)
    thanked()
    work()
    post = cast.make_post(cast.make_topic(), author="Tom")
    vote("Nele", post)
    work()
    reactions.review_everybody()
    work()
    assert events("NominationOpened") == ["NominationOpened"]
    opened = db.session.query(Nomination).one()
    assert (opened.state, opened.points, opened.solutions, opened.thankers, opened.days) == (
        *("open", 10, 1, 1),
        400,
    )


@pytest.mark.parametrize(
    "criteria",
    [{"points": 11}, {"solutions": 2}, {"thankers": 2}, {"days": 401}],
    ids=lambda asked: next(iter(asked)),
)
def test_missing_one_criterion_opens_none(criteria: dict[str, int]) -> None:
    ask_for("superuser", **criteria)
    thanked()
    review("Tom")
    assert (count(Nomination), events("NominationOpened")) == (0, [])


@pytest.mark.parametrize("name", ["Uwe", "Anna", "Bert"])
def test_only_active_customers_are_nominated(name: str) -> None:
    ask_for("superuser", points=1)
    vote("Nele", cast.make_post(cast.make_topic(), author=name))
    review(name)
    assert count(Nomination) == 0


def test_no_event_tells_more_than_ids(work: Work) -> None:
    ask_for("superuser", points=10)
    ask_for("helper", points=10)
    thanked()
    work()
    names = ("PointsChanged", "RankReached", "NominationOpened", "RankChanged")
    rows = db.session.query(EventRow).filter(EventRow.name.in_(names)).all()
    assert {row.name for row in rows} == set(names)
    assert all(isinstance(value, int) for row in rows for value in row.payload.values())
