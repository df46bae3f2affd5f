"""How fast questions are answered: the arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.desk.times import (
    DAY,
    MARKS,
    Asked,
    Period,
    curve,
    dots,
    height,
    percent,
    percentile,
    period,
    stack,
    trend,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
START = NOW - timedelta(days=7)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def laid() -> None:
    """Pure: nothing is laid for this."""


def asked(ago: timedelta, took: timedelta | None = None, by: str | None = None) -> Asked:
    moment = NOW - ago
    if took is None:
        return Asked(moment)
    return Asked(moment, moment + took, by or "customer")


def of(*questions: Asked) -> Period:
    return period(questions, START, NOW + HOUR, NOW)


def test_a_week_is_counted() -> None:
    week = of(
        asked(6 * DAY, 10 * MINUTE),
        asked(5 * DAY, 2 * HOUR, "superuser"),
        asked(4 * DAY, 30 * HOUR, "team"),
        asked(3 * DAY),
        asked(8 * DAY, MINUTE),  # the week before
    )
    assert (week.questions, week.settled, week.within_day) == (4, 4, 2)
    assert (week.median, week.slow) == (2 * HOUR, None)
    assert week.first == {"customer": 1, "superuser": 1, "team": 1, "nobody": 1}
    assert (week.share_within_day, week.answered, week.share_of_community) == (50, 3, 67)


def test_who_asked_just_now_spoils_no_figure() -> None:
    """Unanswered for an hour is no failure yet; unanswered for a day is."""
    week = of(asked(3 * DAY, MINUTE), asked(HOUR))
    assert (week.questions, week.settled, week.median) == (2, 1, MINUTE)
    week = of(asked(3 * DAY, MINUTE), asked(25 * HOUR))
    assert (week.settled, week.share_within_day) == (2, 50)


def test_a_period_begins_at_its_first_moment_and_ends_before_its_last() -> None:
    edge = [Asked(START), Asked(START + DAY)]
    assert period(edge, START, START + DAY, NOW).questions == 1


def test_a_week_without_questions_knows_nothing() -> None:
    week = of()
    assert (week.median, week.slow, week.share_within_day, week.share_of_community) == (None,) * 4


@pytest.mark.parametrize(
    "minutes, share, expected",
    [
        ([5], 50, 5),
        ([5], 90, 5),
        ([1, 2], 50, 1),
        ([3, 1, 2], 50, 2),
        (list(range(1, 11)), 90, 9),
        ([1, None, None], 50, None),
        ([1, 2, None], 50, 2),
        ([], 50, None),
    ],
)
def test_percentiles_are_by_nearest_rank(
    minutes: list[int | None], share: int, expected: int | None
) -> None:
    took = [None if m is None else m * MINUTE for m in minutes]
    assert percentile(took, share) == (None if expected is None else expected * MINUTE)


@pytest.mark.parametrize(
    "part, whole, expected", [(1, 2, 50), (2, 3, 67), (1, 200, 1), (0, 5, 0), (0, 0, None)]
)
def test_percent_is_rounded_half_up(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    "before, latest, expected",
    [(60, 45, "faster"), (60, 80, "slower"), (60, 50, ""), (60, 70, ""), (0, 5, "")],
)
def test_a_trend_is_named_from_a_fifth_on(before: int, latest: int, expected: str) -> None:
    weeks = [of(asked(2 * DAY, m * MINUTE)) for m in (before, latest)]
    assert trend(*weeks) == expected


def test_there_is_no_trend_where_a_median_is_unknown() -> None:
    assert trend(of(), of(asked(2 * DAY, MINUTE))) == ""
    assert trend(of(asked(2 * DAY, MINUTE)), of()) == ""


def test_marks_are_equally_far_apart() -> None:
    assert [height(mark) for mark in MARKS] == [0, 25, 50, 75, 100]
    assert height(MINUTE) == 0 and height(30 * DAY) == 100
    assert 25 < height(2 * HOUR) < height(5 * HOUR) < 50


def test_curves_break_where_nothing_is_known() -> None:
    assert curve([0, 50, None, 100]) == "M50 100 L150 50 M350 0"
    assert dots([0, None, 100]) == "M50 100h0 M250 0h0"
    assert curve([None, None]) == "" == dots([])


def test_a_bar_stands_on_its_parts() -> None:
    assert stack([1, 1, 2, 0]) == [(75, 25), (50, 25), (0, 50), (0, 0)]
    assert stack([0, 0]) == [(100, 0), (100, 0)]
