"""The demo community moves in: once per database, looked at from many sides."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.db import Base, UtcDateTime, db, transaction
from app.core.jobs import Job
from app.core.jobs.runner import Runner
from app.core.settings import load_settings
from app.demo import moving_in
from app.moderation.actions import ensure_rulebook
from app.superusers.actions import lay_ranks

pytestmark = pytest.mark.slow

#: Times that are meant to lie ahead.
AHEAD = {("term", "begins_at"), ("term", "ends_at"), ("mail_token", "expires_at")}


def test_the_demo_moves_in_whole(app: Flask, outbox, subtests):
    with transaction():
        ensure_rulebook()
        lay_ranks()
        assert moving_in.begin()
    Runner(app).drain()
    db.session.rollback()
    assert load_settings().demo == moving_in.READY

    with subtests.test("every job ended well, but for the one that the admin finds"):
        jobs = db.session.scalars(select(Job)).all()
        assert [job.error for job in jobs if job.done_at is None] == [
            job.error for job in jobs if job.failed_at is not None
        ]
        assert sum(job.failed_at is not None for job in jobs) == 1

    with subtests.test("nobody got mail"):
        assert outbox() == []

    with subtests.test("nothing happened in the future"):
        assert _later_than_now() == {}

    with subtests.test("the counters are right"):
        result = app.test_cli_runner().invoke(args=["recount"])
        assert result.exit_code == 0
        assert [
            line for line in result.stdout.splitlines() if line and " 0 put right" not in line
        ] == []

    with subtests.test("a second time changes nothing"):
        before = _rows()
        result = app.test_cli_runner().invoke(args=["demo"])
        assert (result.exit_code, _rows()) == (0, before)
        assert "There are topics already" in result.stderr


def _later_than_now() -> dict[str, int]:
    now, found = clock.now(), {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, UtcDateTime) and (table.name, column.name) not in AHEAD:
                late = select(func.count()).select_from(table).where(column > now)
                if count := db.session.execute(late).scalar_one():
                    found[f"{table.name}.{column.name}"] = count
    return found


def _rows() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }
