"""Wiring is complete: every event has a line, every job a name, every reaction fits its fields."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping

from app import wiring
from app.core.db import Base
from app.core.events import Event, Handlers, later, now
from app.core.jobs import job_name
from app.core.jobs.calls import lane_of


def events_without_line(handlers: Handlers) -> list[str]:
    missing = [e for e in _events() if e not in handlers]
    return [f"{e.__module__}.{e.__name__} has no line in wiring.HANDLERS" for e in missing]


def _events() -> list[type[Event]]:
    """Every event of the house (tests may make events of their own)."""
    found, todo = [], [Event]
    while todo:
        kinds = todo.pop().__subclasses__()
        todo += kinds
        found += [kind for kind in kinds if kind.__module__.startswith("app.")]
    return found


def misfits(handlers: Handlers, jobs: Mapping[str, Callable[..., None]]) -> list[str]:
    faults: list[str] = []
    for event, reactions in handlers.items():
        fields = {field.name for field in dataclasses.fields(event)}
        for reaction in reactions:
            name, where = job_name(reaction.call), event.__name__
            unknown = set(reaction.fields.values()) - fields
            if unknown:
                faults.append(f"{where} → {name}: the event has no {', '.join(sorted(unknown))}")
            faults += [
                f"{where} → {name}: {fault}" for fault in _misfit(reaction.call, reaction.fields)
            ]
            if reaction.in_job and jobs.get(name) is not reaction.call:
                faults.append(f"{where} → {name}: not registered in wiring.job_calls()")
    return faults


def _misfit(call: Callable[..., None], arguments: Mapping[str, str]) -> list[str]:
    parameters = inspect.signature(call).parameters.values()
    if lane_of(call) == "batch":  # gets all due argument dictionaries in one list
        return [] if len(parameters) == 1 else ["a batch takes one list"]
    if any(p.kind not in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters):
        return ["does not name its arguments"]
    needed = {p.name for p in parameters if p.default is p.empty}
    allowed = {p.name for p in parameters}
    given = set(arguments)
    faults = [f"does not get {name}" for name in sorted(needed - given)]
    return faults + [f"does not take {name}" for name in sorted(given - allowed)]


def tables_without_line(shown: Mapping[str, object]) -> list[str]:
    return sorted(set(Base.metadata.tables) - shown.keys())


def test_every_table_says_which_pages_show_it():
    assert tables_without_line(wiring.SHOWN) == []
    assert tables_without_line({}), "the premise: there are tables"
    assert wiring.SHOWN.keys() <= Base.metadata.tables.keys()


def test_every_event_has_a_line():
    assert _events(), "there are events"
    assert events_without_line(wiring.HANDLERS) == []


def test_every_reaction_fits_and_every_job_is_registered():
    assert misfits(wiring.HANDLERS, wiring.job_calls()) == []


def test_job_names_are_those_of_their_functions():
    calls = wiring.job_calls()
    assert {name: job_name(call) for name, call in calls.items()} == {name: name for name in calls}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Planted(Event):
    post_id: int


def _fits(*, post_id: int) -> None:
    """Planted: a good reaction, registered under no name."""


def _unnamed(**ids: int) -> None:
    """Planted."""


def _wants_more(post_id: int, topic_id: int) -> None:
    """Planted."""


def test_planted_wiring_is_reported():
    handlers = {
        Planted: (
            later(_fits, "post_id"),
            now(_unnamed, "post_id"),
            now(_wants_more, "post_id"),
            now(_fits, post="post_id", post_id="topic_id"),
        )
    }
    faults = [fault.split("test_wiring.")[1] for fault in misfits(handlers, {})]
    assert faults == [
        "_fits: not registered in wiring.job_calls()",
        "_unnamed: does not name its arguments",
        "_wants_more: does not get topic_id",
        "_fits: the event has no topic_id",
        "_fits: does not take post",
    ]


def test_a_forgotten_event_is_reported():
    kept = dict.fromkeys(list(wiring.HANDLERS)[1:], ())
    left_out = next(iter(wiring.HANDLERS))
    fault = f"{left_out.__module__}.{left_out.__name__} has no line in wiring.HANDLERS"
    assert events_without_line(kept) == [fault]
