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
    """Nobody is in charge any more. `actor_id` is None for the house."""

    kind: str
    thing_id: int
    account_id: int
    actor_id: int | None


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """The team noted something about a topic."""

    note_id: int
    topic_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyWritten(Event):
    """There is a new canned reply."""

    reply_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyChanged(Event):
    """It says something else, or stands in another place."""

    reply_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyArchived(Event):
    """It is no longer offered."""

    reply_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyRestored(Event):
    """It is offered again."""

    reply_id: int
    actor_id: int
