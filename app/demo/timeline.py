"""All steps of the demo in the order of time; the same for the same beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.demo import (
    ending,
    founding,
    library,
    material,
    office,
    order,
    people,
    programme,
    threads,
)
from app.demo.material import Calendar
from app.demo.steps import Step
from app.demo.threads import Thread
from app.demo.world import World


@dataclass(frozen=True)
class Timeline:
    steps: tuple[Step, ...]
    moments: dict[str, datetime]
    titles: dict[str, str]

    def world(self) -> World:
        return World(self.moments, self.titles)


@lru_cache(maxsize=1)
def timeline(now: datetime, zone: str) -> Timeline:
    """`now` is when the demo began to move in, so that an interrupted one goes on as it began."""
    calendar = Calendar(now, ZoneInfo(zone))
    found = {data["id"]: Thread(data, calendar) for data in material.topics()}
    steps = [
        *founding.steps(calendar),
        *people.steps(calendar),
        *programme.steps(calendar),
        *(step for thread in found.values() for step in threads.steps(thread, calendar)),
        *order.steps(calendar),
        *library.steps(found, calendar),
        *office.steps(calendar),
        *ending.steps(calendar),
    ]
    moments = {key: at for thread in found.values() for key, at in thread.moments.items()}
    moments |= {key: thread.began for key, thread in found.items()}
    titles = {key: str(thread.data["title"]) for key, thread in found.items()}
    return Timeline(tuple(sorted(steps, key=lambda step: step.at)), moments, titles)
