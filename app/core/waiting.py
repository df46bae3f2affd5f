"""How long something has waited, and how that looks on a clock. Pure arithmetic, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)  # a clock is full after one
SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Wait:
    """`share` of a day in percent, at most 100; the tone is "", soon or late (after a day)."""

    since: datetime
    minutes: int
    share: int
    tone: str

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def days(self) -> int:
        return self.hours // 24


def wait_between(since: datetime, now: datetime) -> Wait:
    """A beginning that lies ahead of us, because of another machine's clock, is now."""
    waited = max(now - since, timedelta(0))
    if waited >= DAY:
        tone = "late"
    else:
        tone = "soon" if waited >= SOON else ""
    return Wait(
        since=since,
        minutes=int(waited.total_seconds() // 60),
        share=min(100, int(100 * (waited / DAY))),
        tone=tone,
    )
