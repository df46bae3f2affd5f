"""Answer times of the last four weeks as figures, charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from flask_babel import get_timezone

from app.accounts.actor import Actor
from app.accounts.models import TEAM
from app.core import clock
from app.core.remembered import remembered_for
from app.desk import queries, times
from app.desk.times import HELPERS, NOBODY, WEEKS, Asked, Period

RECENT_SECONDS = 60


@dataclass(frozen=True)
class AnswerTimes:
    """`whole` covers all weeks, `weeks` are oldest first; the rest is drawn, `marks` from the top."""

    whole: Period
    weeks: Sequence[Period]
    trend: str
    marks: Sequence[timedelta]
    median_curve: str
    median_dots: str
    slow_curve: str
    slow_dots: str
    bars: Sequence[Sequence[tuple[str, float, float]]]


def answer_times(viewer: Actor) -> AnswerTimes:
    """One query."""
    now = clock.now()
    edges = _week_edges(now)
    rows = queries.first_answers(viewer, edges[0])
    asked = [Asked(row.asked_at, row.answered_at, helper_of(row)) for row in rows]
    weeks = [times.period(asked, begins, ends, now) for begins, ends in pairwise(edges)]
    before = times.period(asked, edges[0], edges[-2], now)
    median, slow = _heights(week.median for week in weeks), _heights(week.slow for week in weeks)
    return AnswerTimes(
        whole=times.period(asked, edges[0], edges[-1], now),
        weeks=weeks,
        trend=times.trend(before, weeks[-1]),
        marks=times.MARKS[::-1],
        median_curve=times.curve(median),
        median_dots=times.dots(median),
        slow_curve=times.curve(slow),
        slow_dots=times.dots(slow),
        bars=[_bar(week) for week in weeks],
    )


def recent_answer_times(viewer: Actor) -> AnswerTimes:
    """The same, at most a minute old: the inbox is opened all day."""
    key = f"answer_times:{viewer.standing}:{get_timezone()}"
    return remembered_for(RECENT_SECONDS, key, lambda: answer_times(viewer))


def questions(viewer: Actor) -> Sequence[Any]:
    """What the figures are made of, a row each."""
    return queries.first_answers(viewer, _week_edges(clock.now())[0])


def helper_of(row: Any) -> str | None:
    """Who answered first: customer, superuser, team; None where nobody has."""
    if row.role is None:
        return None
    if row.role in TEAM:
        return "team"
    return "superuser" if row.role == "superuser" else "customer"


def _week_edges(now: datetime) -> list[datetime]:
    """Midnights at home, a week apart; the last one ends today."""
    home = get_timezone()
    tomorrow = now.astimezone(home).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return [
        (tomorrow + timedelta(days=1 - 7 * back)).astimezone(UTC) for back in range(WEEKS, -1, -1)
    ]


def _heights(durations: Any) -> list[float | None]:
    return [None if d is None else times.height(d) for d in durations]


def _bar(week: Period) -> list[tuple[str, float, float]]:
    """(who, y, height) from the bottom."""
    who = (*HELPERS, NOBODY)
    return [
        (w, *box) for w, box in zip(who, times.stack([week.first[w] for w in who]), strict=True)
    ]
