"""Periodic work becomes ordinary jobs when it is due; wiring.TICKS says what and how often."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.core.jobs import rows
from app.core.jobs.calls import Tick, job_name
from app.core.jobs.outbox import enqueue

LOCK = 4_701_001  # PostgreSQL's advisory lock: two supervisors must not write the same tick


def write_due_ticks() -> None:
    """Write a job for every tick whose last one is `every` old; safe to call at any time."""
    ticks: Sequence[Tick] = current_app.extensions["helferkreis.ticks"]
    if not _due(ticks):
        return
    with transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        for tick in _due(ticks):
            enqueue(tick.call)


def _due(ticks: Sequence[Tick]) -> list[Tick]:
    """A tick's last job is its memory, so done jobs must be kept longer than the longest tick."""
    newest = rows.newest_of(job_name(tick.call) for tick in ticks)
    moment = clock.now()
    return [
        tick
        for tick in ticks
        if (last := newest.get(job_name(tick.call))) is None or last + tick.every <= moment
    ]
