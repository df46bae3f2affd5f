"""Writing a job in the open transaction, and waking a worker once it is durable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.core import clock
from app.core.db import after_commit, db
from app.core.jobs.models import Job
from app.core.jobs.queue import wake


def job_name(call: Callable[..., None]) -> str:
    """The name under which wiring registers a reaction, e.g. "app.forum.reactions.index_topic"."""
    return f"{call.__module__}.{call.__qualname__}"


def enqueue(call: Callable[..., None], *, due_at: datetime | None = None, **arguments: Any) -> Job:
    """Write a job row for `call(**arguments)`; must be called inside transaction()."""
    moment = clock.now()
    job = Job(
        name=job_name(call),
        arguments=arguments,
        created_at=moment,
        due_at=due_at or moment,
    )
    db.session.add(job)
    db.session.flush()
    if due_at is None:
        after_commit(lambda: wake(job.id))
    return job
