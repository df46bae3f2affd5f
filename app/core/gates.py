"""Gates stand before a write: each may let a text pass, hold it for a look, or refuse it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from flask import current_app

from app.core.errors import Refused


@dataclass(frozen=True)
class Passage:
    """A gate's answer: a message id, and the form field that it concerns."""

    hold: bool = False
    message: str = ""
    field: str | None = None
    values: dict[str, Any] = made_by(default_factory=dict)

    @property
    def refused(self) -> bool:
        return bool(self.message) and not self.hold


PASS = Passage()
Gates = Mapping[str, Sequence[Callable[..., Passage]]]


def must_hold(name: str, **facts: Any) -> bool:
    """Ask every gate of wiring.GATES[name]; True when one of them holds the text back.

    Raises Refused with the first refusal.
    """
    gates: Gates = current_app.extensions["helferkreis.gates"]
    answers = [gate(**facts) for gate in gates[name]]
    for answer in answers:
        if answer.refused:
            raise Refused(answer.message, field=answer.field, **answer.values)
    return any(answer.hold for answer in answers)
