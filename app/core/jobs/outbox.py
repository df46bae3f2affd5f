"""Writing a job in the open transaction, and waking a worker once it is durable."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.core import clock
from app.core.db import after_commit, db
from app.core.jobs.calls import Arguments, Call, job_name
from app.core.jobs.models import Job
from app.core.jobs.queue import wake

Caught = deque[tuple[Call, Arguments]]
_caught: ContextVar[Caught | None] = ContextVar("caught", default=None)


def enqueue(call: Call, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Write a job row for `call(**arguments)`; must be called inside transaction().

    `call` must be known to wiring.job_calls(), or the job will fail for good. The rows of a
    transaction go to the database together, at the latest when it commits.
    """
    caught = _caught.get()
    if caught is not None and due_at is None:
        caught.append((call, arguments))
    else:
        _write(call, arguments, due_at)


@contextmanager
def caught() -> Iterator[Caught]:
    """Inside, what is due at once is put into this queue instead of the table.

    For somebody who lives in the past (app/demo): what follows from yesterday was done yesterday.
    """
    queue: Caught = deque()
    token = _caught.set(queue)
    try:
        yield queue
    finally:
        _caught.reset(token)


def _write(call: Call, arguments: Arguments, due_at: datetime | None) -> None:
    moment = clock.now()
    job = Job(
        name=job_name(call),
        arguments=arguments,
        created_at=moment,
        due_at=due_at or moment,
    )
    db.session.add(job)
    if due_at is None:
        after_commit(wake)


def retry(job_id: int) -> None:
    """Begin anew with a job that failed for good; others are left as they are."""
    db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.failed_at.is_not(None))
        .values(failed_at=None, error=None, tries=0, due_at=clock.now(), locked_until=None)
        .execution_options(synchronize_session=False)
    )
    after_commit(wake)
