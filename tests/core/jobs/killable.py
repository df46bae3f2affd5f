"""Forks a worker again and again and kills it between claim and done; started by test_killing.py.

Prints how often it killed. With "careless" the worker is the mutated control: it commits the
effect first and "done" afterwards.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

from flask import Flask

from app import create_app
from app.core.db import transaction
from app.core.jobs import rows, runner
from app.core.jobs.calls import Call
from tests.core.jobs import calls_for_tests as calls

rows.LEASE_SECONDS = 0.2  # type: ignore[assignment]
rows.MAX_TRIES = runner.MAX_TRIES = 1_000
SLOWLY_SECONDS = 0.02
PIPE = os.pipe()


def note_slowly(*, number: int) -> None:
    calls.note(number=number)
    os.write(PIPE[1], b"x")
    time.sleep(SLOWLY_SECONDS)


def carry_out_carelessly(call: Call, claimed: rows.Claim) -> None:
    with transaction():
        call(**claimed.arguments)
    time.sleep(SLOWLY_SECONDS)
    with transaction():
        rows.finish([claimed])


def make_app(careless: bool) -> Flask:
    """Made once, before the forks; it opens no connection."""
    if careless:
        runner._carry_out = carry_out_carelessly
    app = create_app()
    calls.register(app)
    app.extensions["helferkreis.jobs"][f"{calls.__name__}.note"] = note_slowly
    return app


def work(app: Flask) -> None:
    worker = runner.Runner(app)
    while open_jobs(app):
        worker.drain()
        time.sleep(0.02)


def open_jobs(app: Flask) -> int:
    with app.app_context():  # a fresh look each time, not the first snapshot
        return rows.count_open()


def fork(app: Flask) -> int:
    child = os.fork()
    if child == 0:
        work(app)
        os._exit(0)
    return child


def main(careless: bool, kills: int) -> None:
    random.seed(9)
    app = make_app(careless)
    killed = 0
    for _ in range(kills):
        child = fork(app)
        os.read(PIPE[0], 1)
        time.sleep(random.uniform(0, 2 * SLOWLY_SECONDS))  # before or after "done"
        os.kill(child, signal.SIGKILL)
        killed += os.waitpid(child, 0)[1] == signal.SIGKILL
    os.waitpid(fork(app), 0)
    print(killed)


if __name__ == "__main__":
    main(sys.argv[1] == "careless", int(sys.argv[2]))
