"""What core throws away when its time has come; wiring.TICKS says how often."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from app.core import clock
from app.core.db import db
from app.core.events import EventRow
from app.core.jobs import Job
from app.core.web.idempotency import KEEP_HOURS, SentForm

JOB_DAYS = 7
FAILED_JOB_DAYS = 90  # somebody has to see them first
EVENT_DAYS = 90


def forget_jobs() -> None:
    """Done jobs go early; failed ones stay for the operator to see."""
    moment = clock.now()
    for old in (
        Job.done_at < moment - timedelta(days=JOB_DAYS),
        Job.failed_at < moment - timedelta(days=FAILED_JOB_DAYS),
    ):
        db.session.execute(delete(Job).where(old).execution_options(synchronize_session=False))


def forget_events() -> None:
    old = EventRow.happened_at < clock.now() - timedelta(days=EVENT_DAYS)
    db.session.execute(delete(EventRow).where(old).execution_options(synchronize_session=False))


def forget_sent_forms() -> None:
    """A form that is sent again after this time is a new one."""
    old = SentForm.sent_at < clock.now() - timedelta(hours=KEEP_HOURS)
    db.session.execute(delete(SentForm).where(old).execution_options(synchronize_session=False))
