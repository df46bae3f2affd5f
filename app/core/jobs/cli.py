"""`flask work`: the worker as a process of its own, or until nothing is left to do."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.db import db
from app.core.jobs import rows
from app.core.jobs.ticks import write_due_ticks
from app.core.jobs.worker import Workers

CHECK_SECONDS = 0.25
LOOK_SECONDS = 0.05
SOON = timedelta(seconds=5)  # a job that failed for a passing reason gets its next tries


@click.command("work")
@click.option("--until-empty", is_flag=True, help="Run what is due and stop.")
@with_appcontext
def work(until_empty: bool) -> None:
    """Run jobs: mail, search index, notifications, tidying."""
    stopping = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stopping.set())
    if until_empty:
        sys.exit(_run_until_empty(stopping))
    _run(stopping)


def _run(stopping: threading.Event) -> None:
    workers = Workers(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo("The worker is running. Ctrl-C ends it.", err=True)
    while not stopping.wait(CHECK_SECONDS):
        workers.check()
    workers.stop()


def _run_until_empty(stopping: threading.Event) -> int:
    """0, or 1 if a job failed for good meanwhile. Waits for jobs that other workers are running."""
    write_due_ticks()
    workers = Workers(current_app._get_current_object())  # type: ignore[attr-defined]
    with click.progressbar(length=_waiting(), label="Jobs", file=sys.stderr) as bar:
        workers.start()
        while (left := _waiting()) and not stopping.wait(LOOK_SECONDS):
            bar.length = max(workers.runner.ended + left, 1)
            bar.update(workers.runner.ended - bar.pos)
            workers.check()
        bar.update((bar.length or 0) - bar.pos)
    workers.stop()
    return _report(workers.runner.failed)


def _waiting() -> int:
    db.session.rollback()  # look at the newest state, not at the snapshot of the last look
    return rows.count_waiting(SOON)


def _report(failed: int) -> int:
    db.session.rollback()
    later = rows.count_open()
    if later:
        click.echo(
            f"{later} jobs wait for a later time; the next is due {rows.next_due()}.", err=True
        )
    if failed:
        click.echo(f"{failed} jobs failed for good; table job, column error, says why.", err=True)
    return 1 if failed else 0
