"""Taking, handing over, releasing; notes; trying a job again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.accounts.actions import set_role
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.jobs import Job
from app.desk import actions
from app.desk.models import Note
from app.desk.queries import assignments_of
from tests import cast
from tests.desk.conftest import charges, do, facts, failed_job, take
from tests.moderation.conftest import report, rude_answer

pytestmark = pytest.mark.usefixtures("app")


def test_somebody_takes_a_topic_and_again() -> None:
    topic = cast.make_topic()
    take("Anna", topic.id)
    take("Anna", topic.id)
    assert charges("topic", topic.id) == [("Anna", True)]
    assert facts("ThingAssigned") == 1


def test_a_colleague_takes_over_and_the_history_stays() -> None:
    topic = cast.make_topic()
    take("Anna", topic.id)
    take("Mo", topic.id)
    assert charges("topic", topic.id) == [("Anna", False), ("Mo", True)]


def test_a_topic_is_handed_to_a_colleague() -> None:
    topic = cast.make_topic()
    mo = cast.account("Mo").id
    do("Anna", actions.assign, kind="topic", thing_id=topic.id, account_id=mo)
    assert charges("topic", topic.id) == [("Mo", True)]


def test_releasing_again_changes_nothing() -> None:
    topic = cast.make_topic()
    take("Anna", topic.id)
    for _ in range(2):
        do("Mo", actions.release, kind="topic", thing_id=topic.id)
    assert charges("topic", topic.id) == [("Anna", False)]
    assert facts("ThingReleased") == 1


def test_whoever_leaves_the_team_is_in_charge_of_nothing() -> None:
    topic, other = cast.make_topic(), cast.make_topic("Zweites")
    take("Anna", topic.id)
    take("Mo", other.id)
    anna = cast.account("Anna").id
    do("Ada", set_role, account_id=anna, role="moderator")
    assert charges("topic", topic.id) == [("Anna", True)], "still of the team"
    do("Ada", set_role, account_id=anna, role="customer")
    assert charges("topic", topic.id) == [("Anna", False)]
    assert charges("topic", other.id) == [("Mo", True)]
    assert facts("ThingReleased") == 1
    assert assignments_of([("topic", topic.id)]) == {}


def test_a_case_is_taken_whatever_came_in_for_it() -> None:
    case = report(rude_answer())
    do("Anna", actions.take, kind="case", thing_id=case.id)
    assert charges("case", case.id) == [("Anna", True)]


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Bert"])
def test_others_take_nothing_and_nothing_is_recorded(name: str) -> None:
    topic = cast.make_topic()
    mo = cast.account("Mo").id
    with pytest.raises(Forbidden):
        do(name, actions.release, kind="topic", thing_id=topic.id)
    with pytest.raises(Forbidden):
        do(name, actions.assign, kind="topic", thing_id=topic.id, account_id=mo)
    assert charges("topic", topic.id) == []
    assert facts("ThingAssigned") == facts("ThingReleased") == 0


def test_work_is_given_to_nobody_outside_of_the_team() -> None:
    topic = cast.make_topic()
    for name in ("Karin", "Uwe", "Bert"):
        other = cast.account(name).id
        with pytest.raises(Forbidden):
            do("Anna", actions.assign, kind="topic", thing_id=topic.id, account_id=other)
    with pytest.raises(NotFound):
        do("Anna", actions.assign, kind="topic", thing_id=topic.id, account_id=0)
    assert charges("topic", topic.id) == []


def test_what_does_not_wait_cannot_be_taken() -> None:
    for kind in ("topic", "case", "appeal", "suggestion", "article", "nomination"):
        with pytest.raises(NotFound):
            do("Ada", actions.take, kind=kind, thing_id=4711)


def test_an_agent_cannot_take_a_job() -> None:
    job_id = failed_job()
    with pytest.raises(NotFound):
        do("Anna", actions.take, kind="job", thing_id=job_id)


def test_a_note_is_kept() -> None:
    topic = cast.make_topic()
    note = do("Anna", actions.write_note, topic_id=topic.id, text="Hm.", html="<p>Hm.</p>")
    assert note.written_by == cast.account("Anna").id
    assert facts("NoteWritten") == 1


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Bert"])
def test_others_write_no_notes(name: str) -> None:
    topic = cast.make_topic()
    with pytest.raises(Forbidden):
        do(name, actions.write_note, topic_id=topic.id, text="Hm.", html="<p>Hm.</p>")
    assert db.session.execute(select(func.count()).select_from(Note)).scalar_one() == 0
    assert facts("NoteWritten") == 0


def test_a_failed_job_is_tried_again_once() -> None:
    job_id = failed_job()
    for _ in range(2):
        do("Ada", actions.retry_job, job_id)
    db.session.expire_all()
    job = db.session.get_one(Job, job_id)
    assert (job.failed_at, job.error, job.tries) == (None, None, 0)


@pytest.mark.parametrize("name", ["Karin", "Anna", "Mo"])
def test_only_administrators_try_jobs_again(name: str) -> None:
    job_id = failed_job()
    with pytest.raises(Forbidden):
        do(name, actions.retry_job, job_id)
    db.session.expire_all()
    assert db.session.get_one(Job, job_id).failed_at is not None
