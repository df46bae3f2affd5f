"""What the tests of the desk share: things that wait, and who is in charge of them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.jobs import Job
from app.desk import actions
from app.desk.models import Assignment
from app.moderation import actions as moderation
from app.superusers import actions as superusers
from tests import cast
from tests.moderation.conftest import accept_netiquette


@pytest.fixture(autouse=True)
def laid(app: Flask) -> None:
    with transaction():
        moderation.ensure_rulebook()
        superusers.lay_ranks()
    accept_netiquette(*cast.PEOPLE)


def do(name: str, action: Any, *args: Any, **kwargs: Any) -> Any:
    person = cast.actor(name)
    with current_app.test_request_context(), transaction():
        return action(person, *args, **kwargs)


def take(name: str, topic_id: int) -> None:
    do(name, actions.take, kind="topic", thing_id=topic_id)


def failed_job(error: str = "Der Server sagt nein.") -> int:
    moment = clock.now()
    job = Job(
        name="app.forum.reactions.index_topic",
        arguments={"topic_id": 1},
        created_at=moment,
        due_at=moment,
        tries=20,
        failed_at=moment,
        error=error,
    )
    with transaction():
        db.session.add(job)
    return job.id


def charges(kind: str, thing_id: int) -> list[tuple[str, bool]]:
    """Everybody who is or was in charge, oldest first, and whether still."""
    db.session.rollback()
    rows = db.session.execute(
        select(Assignment).filter_by(kind=kind, thing_id=thing_id).order_by(Assignment.id)
    ).scalars()
    names = {cast.account(n).id: n for n in ("Anna", "Mo", "Ada")}
    return [(names[row.account_id], row.released_at is None) for row in rows]


def facts(name: str) -> int:
    db.session.rollback()
    counted = select(func.count()).select_from(EventRow).where(EventRow.name == name)
    return int(db.session.execute(counted).scalar_one())
