"""Writing a job in the open transaction, and waking a worker once it is durable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core import clock
from app.core.db import after_commit, db
from app.core.jobs.calls import Call, job_name
from app.core.jobs.models import Job
from app.core.jobs.queue import wake


def enqueue(call: Call, *, due_at: datetime | None = None, **arguments: Any) -> Job:
    """Write a job row for `call(**arguments)`; must be called inside transaction().

    `call` must be known to wiring.job_calls(), or the job will fail for good.
    """
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
        after_commit(wake)
    return job
