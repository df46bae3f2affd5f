"""A job that waited while the forum was updated carries the name of the version before."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import wiring
from app.core.db import db, transaction
from app.core.jobs import Job, job_name
from app.core.jobs.runner import Runner
from app.knowledge.actions import suggest_solution
from tests.knowledge.conftest import solved, suggestion


def test_it_is_done_all_the_same(app: Flask):
    post = solved()
    with transaction():
        renamed = db.session.execute(
            update(Job)
            .where(Job.name == job_name(suggest_solution))
            .values(name="app.knowledge.reactions.suggest_article")
            .returning(Job.id)
        ).all()
    assert renamed, "the premise: the suggestion is a job"
    Runner(app).drain()
    db.session.rollback()
    assert suggestion(post) is not None
    assert db.session.scalars(select(Job.id).where(Job.failed_at.is_not(None))).all() == []


@pytest.mark.parametrize("call", wiring.FORMER_NAMES.values(), ids=job_name)
def test_what_had_another_name_is_registered_under_its_own(call):
    assert wiring.job_calls()[job_name(call)] is call
