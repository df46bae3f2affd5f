"""One thing that somebody does at one moment, and doing it: at that moment, with what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.core.db import db
from app.core.jobs import caught, lane_of
from app.demo.world import World
from app.superusers.reactions import review_rank


@dataclass(frozen=True)
class Step:
    at: datetime
    do: Callable[[World], None]


def take(step: Step, world: World) -> None:
    """Do it as if it were then; must be called inside transaction().

    What would become a job is done at the same moment. Mail to people who do not exist is left
    unwritten; ranks are looked at some times a day (programme.py), counters and the search index
    once, at the end (ending.py).
    """
    with clock.at(step.at), caught() as waiting:
        step.do(world)
        db.session.flush()
        while waiting:
            call, arguments = waiting.popleft()
            if lane_of(call) == "inside" and call is not review_rank:
                call(**arguments)
        db.session.flush()
    db.session.expunge_all()  # each step is a request of its own
