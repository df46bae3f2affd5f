"""What the machinery puts into the desk's inbox: jobs that failed for good, for administrators."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from app.accounts.actor import Actor
from app.core.inbox import InboxItem
from app.desk import queries, rules

KIND = "job"
URGENCY = 2  # a mail that the law asks for may be among them


def inbox_items(viewer: Actor, limit: int) -> Sequence[InboxItem]:
    if not rules.can_retry_job(viewer):
        return ()
    return [
        InboxItem(
            kind=KIND,
            thing_id=job.id,
            title=_("The job “%(name)s” failed", name=job.name.removeprefix("app.")),
            url=url_for("desk.job", id=job.id),
            since=job.failed_at or job.created_at,
            detail=(job.error or "").strip().split("\n")[-1][:120],
            urgency=URGENCY,
        )
        for job in queries.failed_jobs(limit)
    ]
