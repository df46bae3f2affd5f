"""The steps of the first use: what there is to do, why, and whether it is done.

A step is a line of STEPS; done-ness comes from what is so (queries.facts), never from a tick alone:
`settled` counts only for steps that may be right as they are. A new page adds its line here, its tab
in templates/administration/_tabs.html, and ends with templates/administration/_next.html.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.administration.queries import Facts, facts
from app.core.errors import N_


@dataclass(frozen=True)
class Step:
    """`missing` says what is still to do, "" when nothing is; all words are message ids.

    `settling` is the button that says it is right as it is; "" where only doing it counts.
    Without the required ones the forum should not be open to the public.
    """

    key: str
    endpoint: str
    icon: str
    title: str
    why: str
    missing: Callable[[Facts], str]
    required: bool = False
    settling: str = ""


_MAIL = {
    "proven": "",
    "untested": N_("No test letter has been sent yet."),
    "waiting": N_("The test letter is on its way."),
    "failed": N_("The last test letter could not be sent."),
    "changed": N_("The mail server is another one since the last test letter."),
}

STEPS: Sequence[Step] = (
    Step(
        key="boards",
        endpoint="administration.boards",
        icon="collection",
        title=N_("Boards"),
        why=N_(
            "Customers look for the place that fits their question. A few clear boards are enough."
        ),
        missing=lambda found: (
            N_("So far there is only the board that we laid.") if found.boards_laid_only else ""
        ),
        settling=N_("One board is enough"),
    ),
    Step(
        key="mail",
        endpoint="administration.mail",
        icon="envelope",
        title=N_("Mail"),
        why=N_("Without mail nobody can register, and nobody hears that somebody has answered."),
        missing=lambda found: _MAIL[found.mail],
        required=True,
    ),
)


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
