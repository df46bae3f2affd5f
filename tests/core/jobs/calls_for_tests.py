"""Jobs that tests run: they note what they did as event rows, so effects can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Unavailable
from app.core.events import EventRow
from app.core.jobs import GiveUp, Job, batch, calls_by_name, outside


def note(*, number: int) -> None:
    row = EventRow(name="note", version=1, payload={"number": number}, happened_at=clock.now())
    db.session.add(row)
    db.session.flush()


def note_then_fail(*, number: int) -> None:
    note(number=number)
    raise RuntimeError("The kettle is empty.")


def never(*, number: int) -> None:
    raise GiveUp(f"Number {number} can never be done.")


@outside
def note_outside(*, number: int) -> None:
    assert not db.session().info.get("writing")
    with transaction():
        note(number=number)


BATCHES: list[list[int]] = []


@batch
def note_together(arguments: Sequence[dict[str, int]]) -> None:
    numbers = [one["number"] for one in arguments]
    BATCHES.append(numbers)
    if 13 in numbers:
        raise RuntimeError("Thirteen is not possible.")
    if 503 in numbers:
        raise Unavailable("The shelf is locked.")


CALLS = (note, note_then_fail, never, note_outside, note_together)


def register(app: Flask, *more: Any) -> None:
    app.extensions["helferkreis.jobs"] = calls_by_name([*CALLS, *more])


def notes() -> list[int]:
    db.session.rollback()
    rows = db.session.scalars(select(EventRow.payload).where(EventRow.name == "note"))
    return sorted(row["number"] for row in rows)


def only_job() -> Job:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Job)).one()
