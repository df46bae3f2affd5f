"""What data/ holds, as plain values, and when it happened: everything is told in days ago."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DATA = Path(__file__).parent / "data"
TOPICS = ("topics-service.jsonl", "topics-technik.jsonl")
NOT_YET = timedelta(minutes=4)  # nothing of the demo is younger than this
APART = timedelta(seconds=95)  # posts of a thread that had to move into the past

SPREAD = 150  # minutes


@cache
def read(name: str) -> Any:
    """One file of data/; a list where it has one value a line."""
    text = (DATA / name).read_text("utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return json.loads(text)


def topics() -> list[dict[str, Any]]:
    return [topic for name in TOPICS for topic in read(name)]


def chance(*parts: object) -> int:
    """Always the same number for the same words: a choice that looks like chance, and is none."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:6], "big")


@dataclass(frozen=True)
class Calendar:
    """From "so many days ago, at that time" to moments. `now` is when the demo began to move in."""

    now: datetime
    zone: ZoneInfo

    @property
    def latest(self) -> datetime:
        return self.now - NOT_YET

    def moment(self, days_ago: int, clock_time: str) -> datetime:
        """May lie in the future: today at a time that is still to come."""
        day = (self.now.astimezone(self.zone) - timedelta(days=days_ago)).date()
        return datetime.combine(day, time.fromisoformat(clock_time), self.zone)

    def past(self, thing: dict[str, Any]) -> datetime:
        """When something with `days_ago` and `time` happened; what is still to come, just now."""
        return min(self.moment(thing["days_ago"], thing["time"]), self.latest)

    def in_order(self, things: Sequence[dict[str, Any]]) -> list[datetime]:
        """The same for the posts of a thread: each keeps its distance from the next, and what is
        still to come spreads over the last hours."""
        moments: list[datetime] = []
        latest = self.latest - timedelta(minutes=chance("spread", things[0]["id"]) % SPREAD)
        for thing in reversed(things):
            moments.append(min(self.moment(thing["days_ago"], thing["time"]), latest))
            latest = moments[-1] - APART
        return moments[::-1]

    def after(self, moment: datetime, wait: timedelta) -> datetime:
        """So much later, or half of what is left until now."""
        return min(moment + wait, moment + (self.latest - moment) / 2)
