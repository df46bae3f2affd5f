"""Facts that happened: recorded in the same transaction, then told to whoever wiring.py names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from flask import current_app
from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, jobs
from app.core.db import Base, Bounded, UtcDateTime, db, id_column

NAME_LENGTH = 80


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all facts: past tense, ids only, fields are only ever added."""

    version: ClassVar[int] = 1


class EventRow(Base):
    """What happened, kept for 90 days."""

    __tablename__ = "event"

    id: Mapped[int] = id_column()
    name: Mapped[str] = mapped_column(Bounded(NAME_LENGTH), index=True)
    version: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True)
class Reaction:
    """One line of wiring: call `call` with these fields of the event, now or as a job."""

    call: Callable[..., None]
    fields: Mapping[str, str]
    in_job: bool


def now(call: Callable[..., None], *fields: str, **renamed: str) -> Reaction:
    """React in the same transaction. `fields` are passed by name; `renamed` maps argument=field."""
    return Reaction(call, {**{f: f for f in fields}, **renamed}, in_job=False)


def later(call: Callable[..., None], *fields: str, **renamed: str) -> Reaction:
    """React in a job that is written in the same transaction."""
    return Reaction(call, {**{f: f for f in fields}, **renamed}, in_job=True)


Handlers = Mapping[type[Event], Sequence[Reaction]]


def record(event: Event) -> None:
    """Write the fact and run its reactions in the order of wiring.HANDLERS.

    Must be called inside transaction(). An event that wiring does not list raises KeyError:
    a new event needs a line there, even an empty one.
    """
    payload = dataclasses.asdict(event)
    db.session.add(
        EventRow(
            name=type(event).__name__,
            version=event.version,
            payload=payload,
            happened_at=clock.now(),
        )
    )
    handlers: Handlers = current_app.extensions["helferkreis.handlers"]
    for reaction in handlers[type(event)]:
        arguments = {name: payload[field] for name, field in reaction.fields.items()}
        if reaction.in_job:
            jobs.enqueue(reaction.call, **arguments)
        else:
            reaction.call(**arguments)
