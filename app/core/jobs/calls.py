"""What may run as a job, and how: inside a transaction, outside of it, or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar

Lane = Literal["inside", "outside", "batch"]
LANES: tuple[Lane, ...] = ("inside", "outside", "batch")

Call = Callable[..., None]
Marked = TypeVar("Marked", bound=Call)


class GiveUp(Exception):
    """Raised by a job that can never succeed: it fails for good without another try."""


@dataclass(frozen=True)
class Tick:
    """Something to do again and again, listed in wiring.TICKS; it takes no arguments."""

    call: Call
    every: timedelta


def outside(call: Marked) -> Marked:
    """For calls that talk to another system, such as a mail server.

    They run without a transaction, so that a slow server never holds the database's write lock,
    and are marked done afterwards: at least once, so what they send must carry a stable id.
    """
    call.lane = "outside"  # type: ignore[attr-defined]
    return call


def batch(call: Marked) -> Marked:
    """For calls that are much cheaper together: `call([{arguments}, …])` gets all due ones at once.

    They run like `outside` ones. If a batch fails, its members are run singly.
    """
    call.lane = "batch"  # type: ignore[attr-defined]
    return call


def lane_of(call: Call) -> Lane:
    lane: Lane = getattr(call, "lane", "inside")
    return lane


def job_name(call: Call) -> str:
    """The name that a job row carries, e.g. "app.forum.reactions.index_topic"."""
    return f"{call.__module__}.{call.__qualname__}"


def calls_by_name(calls: Iterable[Call]) -> dict[str, Call]:
    """The registry for wiring.job_calls()."""
    return {job_name(call): call for call in calls}


Arguments = dict[str, Any]
