"""`flask demo`: fills an empty forum with the demo community, and says how to look around."""

from __future__ import annotations

import sys
import time

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.db import db, transaction
from app.core.jobs.runner import Runner
from app.core.search import mend_index
from app.core.settings import load_settings
from app.demo import moving_in
from app.demo.greeting import greeting

LOOK_SECONDS = 0.2
TRIES = 3  # of one part, before we stop waiting for it


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Fill a forum without topics with an invented community. Safe to repeat and to interrupt."""
    if current_app.extensions["helferkreis.config"].is_production:
        raise click.ClickException("The demo moves only into a forum in local mode.")
    with transaction():
        why_not = moving_in.in_the_way()
        moving_in.begin()
    if why_not and load_settings().demo != moving_in.FILLING:
        click.echo(f"{why_not}; the demo moves only into an empty forum.", err=True)
        return
    runner = Runner(current_app._get_current_object())  # type: ignore[attr-defined]
    _move_in(runner)
    mend_index()
    runner.drain()
    click.echo(greeting())


def _move_in(runner: Runner) -> None:
    """Beside a running forum whoever is free does the next part."""
    done, steps = _progress()
    with click.progressbar(length=steps, label="Moving in", file=sys.stderr) as bar:
        while done < steps:
            if not runner.run_next("outside"):
                time.sleep(LOOK_SECONDS)
            done, steps = _progress()
            part = moving_in.newest_part()
            if part is not None and part.error and part.tries >= TRIES:
                raise click.ClickException(f"The demo could not move in: {part.error}")
            db.session.rollback()
            bar.update(done - bar.pos)


def _progress() -> tuple[int, int]:
    db.session.rollback()  # look at the newest state, not at the snapshot of the last look
    found = moving_in.progress()
    db.session.rollback()  # PostgreSQL ends connections that wait inside a transaction
    return found
