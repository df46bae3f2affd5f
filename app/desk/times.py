"""How fast questions are answered, and by whom first. Pure arithmetic, no words.

A question counts for the times once it is settled: answered, or a day old. One that nobody has
answered yet took longer than all others, so a median may be unknown: most still wait.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)
WEEKS = 4
HELPERS = ("customer", "superuser", "team")
NOBODY = "nobody"
#: A change of the median by less than this is none.
NOTEWORTHY = 0.2

#: The lines of a chart, from the bottom: as far apart as people feel them to be.
MARKS = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)


@dataclass(frozen=True)
class Asked:
    """A question, and when and by whom (HELPERS) it was first answered."""

    asked_at: datetime
    answered_at: datetime | None = None
    by: str | None = None

    @property
    def took(self) -> timedelta | None:
        return None if self.answered_at is None else self.answered_at - self.asked_at


@dataclass(frozen=True)
class Period:
    """What happened to the questions asked in [begins, ends)."""

    begins: datetime
    ends: datetime
    questions: int
    settled: int
    within_day: int
    median: timedelta | None
    slow: timedelta | None  # nine of ten were faster
    first: Mapping[str, int]  # HELPERS and NOBODY → questions

    @property
    def last_day(self) -> datetime:
        """A moment of the day with which it ends."""
        return self.ends - timedelta(hours=1)

    @property
    def share_within_day(self) -> int | None:
        return percent(self.within_day, self.settled)

    @property
    def answered(self) -> int:
        return sum(self.first[helper] for helper in HELPERS)

    @property
    def share_of_community(self) -> int | None:
        """Of the first answers, in percent."""
        return percent(self.first["customer"] + self.first["superuser"], self.answered)


def period(questions: Sequence[Asked], begins: datetime, ends: datetime, now: datetime) -> Period:
    asked = [q for q in questions if begins <= q.asked_at < ends]
    settled = [q for q in asked if q.answered_at is not None or now - q.asked_at >= DAY]
    took = [q.took for q in settled]
    first = Counter(q.by or NOBODY for q in asked)
    return Period(
        begins=begins,
        ends=ends,
        questions=len(asked),
        settled=len(settled),
        within_day=sum(t is not None and t <= DAY for t in took),
        median=percentile(took, 50),
        slow=percentile(took, 90),
        first={who: first[who] for who in (*HELPERS, NOBODY)},
    )


def percentile(took: Sequence[timedelta | None], share: int) -> timedelta | None:
    """By nearest rank; None is longer than anything, so the answer may be None."""
    if not took:
        return None
    known = sorted(t for t in took if t is not None)
    rank = math.ceil(len(took) * share / 100)
    return known[rank - 1] if rank <= len(known) else None


def percent(part: int, whole: int) -> int | None:
    """Rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def trend(before: Period, latest: Period) -> str:
    """ "faster" or "slower" where the median has changed noteworthily, else ""."""
    if before.median is None or latest.median is None or not before.median:
        return ""
    change = latest.median / before.median - 1
    if abs(change) < NOTEWORTHY:
        return ""
    return "faster" if change < 0 else "slower"


def height(took: timedelta) -> float:
    """Where it stands on the chart: 0 at the lowest of MARKS or below, 100 at the highest or above.

    The marks are equally far apart; between two of them the scale is logarithmic.
    """
    steps = len(MARKS) - 1
    within = min(max(took, MARKS[0]), MARKS[-1])
    step = min(sum(within >= mark for mark in MARKS), steps) - 1
    low, high = MARKS[step], MARKS[step + 1]
    return round(100 * (step + math.log(within / low) / math.log(high / low)) / steps, 1)


def curve(heights: Sequence[float | None]) -> str:
    """An SVG path through the heights, each in the middle of 100; it breaks where one is unknown."""
    parts, drawing = [], False
    for place, value in enumerate(heights):
        if value is not None:
            parts.append(f"{'L' if drawing else 'M'}{place * 100 + 50} {round(100 - value, 1):g}")
        drawing = value is not None
    return " ".join(parts)


def dots(heights: Sequence[float | None]) -> str:
    """The same points, each by itself."""
    return " ".join(
        f"M{place * 100 + 50} {round(100 - value, 1):g}h0"
        for place, value in enumerate(heights)
        if value is not None
    )


def stack(parts: Sequence[int]) -> list[tuple[float, float]]:
    """(y, height) of each part of one bar, from the bottom, in percent of the whole."""
    whole = sum(parts)
    bars, below = [], 0.0
    for part in parts:
        size = 100 * part / whole if whole else 0.0
        bars.append((round(100 - below - size, 1), round(size, 1)))
        below += size
    return bars
