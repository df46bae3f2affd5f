"""The last of the demo: most news is read, counters agree, what can be found goes into the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from app.core import jobs
from app.core.search import count_misses
from app.demo import queries
from app.demo.material import Calendar, chance
from app.demo.people import joined_at, people
from app.demo.steps import Step
from app.demo.world import World
from app.forum.reactions import enqueue_index
from app.forum.recount import recount_boards, recount_members
from app.knowledge.reactions import index_article
from app.notifications import actions as notifications

LAST_READ = timedelta(hours=40)


def steps(calendar: Calendar) -> Iterator[Step]:
    """Everybody has looked at the news within the last days; some hours of it are unread."""
    for person in people():
        minutes = chance("reads", person["name"]) % 1500
        at = calendar.now - LAST_READ - timedelta(minutes=minutes)
        if "read" in person:
            at = calendar.past(person["read"])
        if joined_at(person, calendar) < at:
            yield Step(at, partial(_read_news, person["name"]))


def _read_news(name: str, world: World) -> None:
    notifications.mark_all_read(world.actor(name))


def settle() -> None:
    """For the last transaction, outside of any step: these jobs are meant to be done by a worker."""
    found = queries.everything()
    recount_boards(found["boards"])
    recount_members(found["accounts"])
    enqueue_index(found["topics"])
    for article_id in found["articles"]:
        jobs.enqueue(index_article, article_id=article_id)
    jobs.enqueue(count_misses)
