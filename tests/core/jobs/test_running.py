"""One job from row to effect: done once, tried again, given up, in batches."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core import clock
from app.core.db import db, transaction
from app.core.jobs import Call, Job, enqueue, rows
from app.core.jobs.rows import LEASE_SECONDS, MAX_TRIES, Claim, LostClaim, Names
from app.core.jobs.runner import Runner
from tests.core.jobs import calls_for_tests as calls

EVERYTHING = Names([], others=True)


@pytest.fixture(autouse=True)
def registered(app: Flask) -> None:
    calls.register(app)
    calls.BATCHES.clear()


def wish(call: Call, *numbers: int) -> None:
    with transaction():
        for number in numbers:
            enqueue(call, number=number)


def enqueue_and_fail() -> None:
    enqueue(calls.note, number=1)
    raise RuntimeError


def note_and_finish(claims: list[Claim]) -> None:
    calls.note(number=1)
    rows.finish(claims)


def test_a_due_job_is_done_once(app: Flask) -> None:
    wish(calls.note, 1, 2, 3)
    runner = Runner(app)
    runner.drain()
    runner.drain()
    assert calls.notes() == [1, 2, 3]
    assert (runner.ended, runner.failed) == (3, 0)
    assert rows.count_open() == 0


def test_a_job_that_is_rolled_back_never_was(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        enqueue_and_fail()
    Runner(app).drain()
    assert calls.notes() == []


def test_a_job_for_later_waits_until_then(app: Flask) -> None:
    with transaction():
        enqueue(calls.note, due_at=clock.now() + timedelta(hours=1), number=1)
    Runner(app).drain()
    assert calls.notes() == []
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        Runner(app).drain()
    assert calls.notes() == [1]


def test_a_failed_job_leaves_no_effect_and_is_tried_again_after_a_pause(app: Flask) -> None:
    wish(calls.note_then_fail, 1)
    Runner(app).drain()
    job = calls.only_job()
    assert calls.notes() == []
    assert (job.tries, job.done_at, job.failed_at) == (1, None, None)
    assert job.error == "RuntimeError: The kettle is empty."
    assert job.due_at > clock.now()


def test_pauses_grow_and_the_last_try_fails_for_good(app: Flask) -> None:
    wish(calls.note_then_fail, 1)
    runner, pauses = Runner(app), []
    with time_machine.travel(clock.now(), tick=False) as travel:
        for _ in range(MAX_TRIES):
            runner.drain()
            job = calls.only_job()
            pauses.append(job.due_at - clock.now())
            travel.move_to(max(job.due_at, clock.now()))
        runner.drain()
    assert pauses[:3] == [timedelta(seconds=s) for s in (2, 4, 8)]
    assert sum(pauses[:-1], timedelta()) > timedelta(hours=24)
    assert job.failed_at is not None
    assert job.tries == MAX_TRIES
    assert runner.failed == 1


def test_a_job_that_says_never_is_not_tried_again(app: Flask) -> None:
    wish(calls.never, 4)
    runner = Runner(app)
    runner.drain()
    job = calls.only_job()
    assert job.failed_at is not None
    assert job.error == "GiveUp: Number 4 can never be done."
    assert runner.failed == 1


def test_a_name_that_this_version_does_not_know_fails_visibly(app: Flask) -> None:
    wish(calls.note, 1)
    with transaction():
        calls.only_job().name = "app.gone.away"
    Runner(app).drain()
    assert "no such job" in (calls.only_job().error or "")


def test_a_job_that_never_ended_is_not_begun_for_ever(app: Flask) -> None:
    wish(calls.note, 1)
    with transaction():
        calls.only_job().tries = MAX_TRIES
    Runner(app).drain()
    assert calls.only_job().failed_at is not None
    assert calls.notes() == []


def test_a_claimed_job_belongs_to_nobody_else_until_its_lease_ends(app: Flask) -> None:
    wish(calls.note, 1)
    with time_machine.travel(clock.now(), tick=False) as travel:
        assert len(rows.claim(EVERYTHING)) == 1
        assert rows.claim(EVERYTHING) == []
        travel.shift(timedelta(seconds=LEASE_SECONDS + 1))
        assert len(rows.claim(EVERYTHING)) == 1


def test_a_renewed_lease_lasts(app: Flask) -> None:
    wish(calls.note, 1)
    with time_machine.travel(clock.now(), tick=False) as travel:
        held = rows.claim(EVERYTHING)
        travel.shift(timedelta(seconds=LEASE_SECONDS - 1))
        rows.renew(held)
        travel.shift(timedelta(seconds=LEASE_SECONDS - 1))
        assert rows.claim(EVERYTHING) == []


def test_a_claim_takes_no_more_than_its_limit(app: Flask) -> None:
    wish(calls.note, *range(10))
    assert [len(rows.claim(EVERYTHING, limit=4)) for _ in range(4)] == [4, 4, 2, 0]


def test_the_effect_of_a_lost_claim_does_not_stay(app: Flask) -> None:
    wish(calls.note, 1)
    with time_machine.travel(clock.now(), tick=False) as travel:
        slow = rows.claim(EVERYTHING)
        travel.shift(timedelta(seconds=LEASE_SECONDS + 1))
        Runner(app).drain()
    with pytest.raises(LostClaim), transaction():
        note_and_finish(slow)
    assert calls.notes() == [1]


def test_an_outside_job_runs_without_a_transaction(app: Flask) -> None:
    wish(calls.note_outside, 1)
    Runner(app).drain()
    assert calls.notes() == [1]
    assert calls.only_job().done_at is not None


def test_all_due_arguments_of_a_batch_come_together_and_each_once(app: Flask) -> None:
    wish(calls.note_together, 1, 2, 2, 3, 1)
    runner = Runner(app)
    runner.drain()
    assert calls.BATCHES == [[1, 2, 3]]
    assert runner.ended == 5


def test_one_bad_member_does_not_stop_the_others_of_its_batch(app: Flask) -> None:
    wish(calls.note_together, 1, 13, 2)
    Runner(app).drain()
    assert calls.BATCHES == [[1, 13, 2], [1], [13], [2]]
    db.session.rollback()
    assert rows.count_open() == 1


def test_a_batch_that_must_wait_is_not_taken_apart(app: Flask) -> None:
    wish(calls.note_together, 1, 503, 2)
    Runner(app).drain()
    assert calls.BATCHES == [[1, 503, 2]]
    db.session.rollback()
    assert rows.count_open() == 3
    assert {job.tries for job in db.session.query(Job)} == {1}
