"""The worker's threads: they find work at once, survive trouble and end in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.config import Config
from app.core import clock
from app.core.db import db, transaction
from app.core.jobs import Job, Tick, enqueue, rows
from app.core.jobs import queue as wakes
from app.core.jobs import worker as workers_module
from app.core.jobs.ticks import write_due_ticks
from app.core.jobs.worker import Workers
from tests.core.jobs import calls_for_tests as calls

PATIENCE_SECONDS = 10.0


def wait_for(what: Callable[[], bool]) -> float:
    """Seconds until it came true."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < PATIENCE_SECONDS
        time.sleep(0.01)
    return time.monotonic() - begun


def forget() -> None:
    calls.note(number=0)


@pytest.fixture
def workers(app: Flask) -> Iterator[Workers]:
    calls.register(app, forget)
    app.extensions["helferkreis.ticks"] = ()
    workers = Workers(app)
    yield workers
    workers.stop()


def wish(number: int = 1) -> None:
    with transaction():
        enqueue(calls.note, number=number)


def test_a_job_of_this_process_is_done_at_once(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "SWEEP_SECONDS", 60)
    workers.start()
    time.sleep(0.2)
    wish()
    wait_for(lambda: calls.notes() == [1])


def test_a_job_of_another_process_is_announced_through_the_queue(
    app: Flask, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "SWEEP_SECONDS", 60)
    workers.start()
    time.sleep(0.5)
    del app.extensions["helferkreis.bell"]  # as in a web process
    wish()
    wait_for(lambda: calls.notes() == [1])


def test_the_sweep_finds_what_no_wake_up_announced(app: Flask, workers: Workers) -> None:
    workers.start()
    app.extensions["helferkreis.bell"] = wakes.Bell()  # that nobody hears
    wish()
    wait_for(lambda: calls.notes() == [1])


def test_the_queue_may_vanish_at_any_time(
    app: Flask, workers: Workers, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "SWEEP_SECONDS", 60)
    workers.start()
    del app.extensions["helferkreis.bell"]
    wish(1)
    wait_for(lambda: calls.notes() == [1])
    for file in Path(config.instance).glob("wake.sqlite*"):
        file.unlink()
    workers.check()
    wish(2)
    wait_for(lambda: calls.notes() == [1, 2])


def test_a_queue_that_cannot_be_written_stops_nobody(
    app: Flask, config: Config, workers: Workers
) -> None:
    (config.instance / "wake.sqlite").mkdir()
    wish()
    workers.start()
    wait_for(lambda: calls.notes() == [1])


def test_wake_ups_do_not_pile_up_while_no_worker_runs(app: Flask, config: Config) -> None:
    calls.register(app)
    for number in range(20):
        wish(number)
    sender = app.extensions["helferkreis.wake_sender"]
    assert sender._open().storage.queue_size() == 1


def test_a_thread_that_dies_is_started_again(workers: Workers) -> None:
    workers.start()
    dead = workers._threads["inside"]
    workers._stopping.set()
    workers._bell.ring()
    dead.join(5)
    workers._stopping.clear()
    assert not dead.is_alive()
    workers.check()
    wish()
    wait_for(lambda: calls.notes() == [1])


def test_trouble_with_the_database_does_not_end_a_lane(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "AFTER_ERROR_SECONDS", 0.05)
    claim, calls_left = rows.claim, [3]

    def troubled(names: rows.Names, *, limit: int = 1) -> list[rows.Claim]:
        if calls_left[0]:
            calls_left[0] -= 1
            raise OSError("The disk is away.")
        return claim(names, limit=limit)

    monkeypatch.setattr(rows, "claim", troubled)
    workers.start()
    wish()
    wait_for(lambda: calls.notes() == [1])
    assert calls_left == [0]


def test_a_tick_is_written_when_it_is_due_and_only_once(app: Flask) -> None:
    app.extensions["helferkreis.ticks"] = (Tick(forget, timedelta(hours=1)),)
    write_due_ticks()
    write_due_ticks()
    assert count_jobs() == 1
    with transaction():
        long_ago = clock.now() - timedelta(minutes=61)
        db.session.query(Job).update({"created_at": long_ago, "done_at": long_ago})
    write_due_ticks()
    assert count_jobs() == 2


def count_jobs() -> int:
    db.session.rollback()
    return db.session.query(Job).count()
