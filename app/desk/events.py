"""Facts of the desk. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ThingAssigned(Event):
    """Somebody is in charge; by the own hand if account and actor are the same."""

    kind: str
    thing_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ThingReleased(Event):
    """Nobody is in charge any more."""

    kind: str
    thing_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """The team noted something about a topic."""

    note_id: int
    topic_id: int
    actor_id: int
