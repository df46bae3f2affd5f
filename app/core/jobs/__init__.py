"""Work behind the request. The job row is the outbox and the truth; queues only carry wake-ups."""

from app.core.jobs.calls import Call, GiveUp, Tick, batch, calls_by_name, job_name, lane_of, outside
from app.core.jobs.models import Job
from app.core.jobs.outbox import caught, enqueue, retry

__all__ = [
    "Call",
    "GiveUp",
    "Job",
    "Tick",
    "batch",
    "calls_by_name",
    "caught",
    "enqueue",
    "job_name",
    "lane_of",
    "outside",
    "retry",
]
