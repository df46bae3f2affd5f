"""Work behind the request. The job row is the outbox and the truth; queues only carry wake-ups."""

from app.core.jobs.models import Job
from app.core.jobs.outbox import enqueue, job_name

__all__ = ["Job", "enqueue", "job_name"]
