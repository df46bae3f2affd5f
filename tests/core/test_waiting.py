"""How long something has waited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.waiting import wait_between

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "waited, minutes, share, tone",
    [
        (timedelta(0), 0, 0, ""),
        (timedelta(seconds=59), 0, 0, ""),
        (timedelta(hours=2, minutes=30), 150, 10, ""),
        (timedelta(hours=12), 720, 50, "soon"),
        (timedelta(hours=23, minutes=59), 1439, 99, "soon"),
        (timedelta(days=1), 1440, 100, "late"),
        (timedelta(days=30), 43200, 100, "late"),
        (timedelta(seconds=-5), 0, 0, ""),
    ],
)
def test_a_clock_is_full_after_a_day(
    waited: timedelta, minutes: int, share: int, tone: str
) -> None:
    wait = wait_between(NOW - waited, NOW)
    assert (wait.minutes, wait.share, wait.tone) == (minutes, share, tone)


def test_hours_and_days_are_whole() -> None:
    wait = wait_between(NOW - timedelta(hours=49, minutes=59), NOW)
    assert (wait.hours, wait.days) == (49, 2)
