"""The steps of the first use: what there is to do, why, and whether it is done.

Done-ness comes from what is so (queries.facts), never from a tick alone: `settled` counts only for
steps that may be right as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.administration.guide.steps import STEPS, Step
from app.administration.queries import Facts, facts

__all__ = ["STEPS", "Guide", "Line", "Step", "guide", "step_by_key"]


@dataclass(frozen=True)
class Line:
    """A step and how it stands."""

    step: Step
    missing: str
    settled: bool

    @property
    def is_done(self) -> bool:
        return self.settled or not self.missing


@dataclass(frozen=True)
class Guide:
    lines: Sequence[Line]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.lines)

    @property
    def percent(self) -> int:
        return 100 * self.done // len(self.lines)

    @property
    def open_required(self) -> Sequence[Line]:
        return [line for line in self.lines if line.step.required and not line.is_done]

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.step.key == key)

    def after(self, key: str) -> Line | None:
        """The next open step: below this one, else from the top; None when there is no other."""
        place = next(i for i, line in enumerate(self.lines) if line.step.key == key)
        others = [*self.lines[place + 1 :], *self.lines[:place]]
        return next((line for line in others if not line.is_done), None)


def guide(found: Facts | None = None) -> Guide:
    """How far the forum is set up."""
    known = found or facts()
    return Guide([_line(step, known) for step in STEPS])


def _line(step: Step, found: Facts) -> Line:
    return Line(
        step=step,
        missing=step.missing(found),
        settled=bool(step.settling) and step.key in found.settled,
    )


def step_by_key(key: str) -> Step | None:
    return next((step for step in STEPS if step.key == key), None)
