"""The demo moves in part by part, each a job that writes the next one.

So the running forum does it beside its other work, others write in between, and a forum that was
killed meanwhile goes on where it was. The newest job row says how far it has come.
"""

from __future__ import annotations

import time
from datetime import datetime

from flask import current_app

from app.core import clock, jobs
from app.core.db import transaction
from app.core.jobs import Job, job_name
from app.core.settings import DEFAULTS, change_settings, load_settings
from app.demo import ending, queries
from app.demo.material import read
from app.demo.people import password_hash, people
from app.demo.steps import take
from app.demo.timeline import Timeline, timeline
from app.moderation.actions import ensure_rulebook
from app.superusers.actions import lay_ranks

FILLING, READY = "filling", "ready"
PART_SECONDS = 0.25  # how long others wait for the one who writes
PAUSE_SECONDS = 0.05  # in which they come between


def begin() -> bool:
    """Let the demo move in; False where it may not, or is there already. Inside transaction()."""
    if in_the_way():
        return False
    ensure_rulebook()
    lay_ranks()
    change_settings(changed_by=None, demo=FILLING, **read("settings.json"))
    jobs.enqueue(fill, now=clock.now().isoformat(), done=0)
    return True


@jobs.outside
def fill(*, now: str, done: int) -> None:
    """The next part, and the job for the one after. Done twice, the second time does nothing."""
    password_hash()
    line = _timeline(now)
    time.sleep(PAUSE_SECONDS)
    with transaction():
        part = newest_part()
        if part is None or part.arguments["done"] != done:
            return
        done = _take_part(line, done)
        if done < len(line.steps):
            jobs.enqueue(fill, now=now, done=done)
        else:
            ending.settle()
            change_settings(changed_by=None, demo=READY)


def in_the_way() -> str:
    """Why the demo does not begin to move in here, as half a sentence for the terminal, or "".

    What somebody has set up is theirs: the demo would overwrite it, or get stuck at it half-way.
    """
    site, chosen = load_settings(), read("settings.json")
    if current_app.extensions["helferkreis.config"].is_production:
        return "This forum is in production"
    if site.demo or queries.any_topic():
        return "There are topics already"
    if any(getattr(site, name) != getattr(DEFAULTS, name) for name in chosen):
        return "Somebody has chosen settings already"
    names = [str(person["name"]) for person in people()]
    taken = queries.taken_names(names) or queries.taken_boards(
        [board["slug"] for board in read("boards.json")]
    )
    return f"“{taken}” is there already" if taken else ""


def newest_part() -> Job | None:
    return queries.newest_job(job_name(fill))


def timeline_of_newest() -> Timeline:
    """Of the demo that moved in here, or is about to."""
    part = newest_part()
    return _timeline(part.arguments["now"] if part else clock.now().isoformat())


def progress() -> tuple[int, int]:
    """Steps that are done, and all of them."""
    part = newest_part()
    if part is None:
        return 0, 0
    steps = len(_timeline(part.arguments["now"]).steps)
    return (steps if load_settings().demo == READY else part.arguments["done"]), steps


def _take_part(line: Timeline, done: int) -> int:
    world, end = line.world(), time.monotonic() + PART_SECONDS
    while done < len(line.steps) and time.monotonic() < end:
        take(line.steps[done], world)
        done += 1
    return done


def _timeline(now: str) -> Timeline:
    zone = current_app.extensions["helferkreis.config"].timezone
    return timeline(datetime.fromisoformat(now), zone)
