"""Writing a job in the open transaction, and waking a worker once it is durable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.core import clock
from app.core.db import after_commit, db
from app.core.jobs.calls import Call, job_name
from app.core.jobs.models import Job
from app.core.jobs.queue import wake


def enqueue(call: Call, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Write a job row for `call(**arguments)`; must be called inside transaction().

    `call` must be known to wiring.job_calls(), or the job will fail for good. The rows of a
    transaction go to the database together, at the latest when it commits.
    """
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
