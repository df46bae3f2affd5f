"""The team's side: who took what, internal notes, what was searched in vain, a job that failed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import current_app

from app.administration.actions import settle_step
from app.core import clock
from app.core.db import db
from app.core.jobs import Job, job_name
from app.core.search.misses import note_miss
from app.core.text import render
from app.demo.material import Calendar, read
from app.demo.steps import Step
from app.demo.world import World
from app.desk import actions
from app.forum import actions as forum
from app.notifications.reactions import mail_notice

KEEPER = "Kerstin"  # of the canned replies
REPLIES_DAYS = 170  # ago

Row = dict[str, Any]


def steps(calendar: Calendar) -> Iterator[Step]:
    does = {
        "note": _note,
        "assign": _assign,
        "watch": _watch,
        "fail": _fail,
        "found": _found,
        "settle": _settle,
    }
    for reply in read("replies.jsonl"):
        yield Step(calendar.moment(REPLIES_DAYS, "14:00"), partial(_write_reply, reply))
    for row in read("office.json"):
        if row["do"] == "misses":
            yield Step(calendar.latest, partial(_miss, row))
        else:
            yield Step(calendar.past(row), partial(does[row["do"]], row))


def _write_reply(reply: Row, world: World) -> None:
    actions.write_reply(world.actor(KEEPER), actions.ReplyWords(**reply))


def _note(row: Row, world: World) -> None:
    text = row["text"]
    topic_id = world.topic(row["topic"])
    actions.write_note(world.actor(row["by"]), topic_id=topic_id, text=text, html=render(text))


def _assign(row: Row, world: World) -> None:
    """In a request, because what waits there carries addresses."""
    with current_app.test_request_context():
        actions.assign(
            world.actor(row["by"]),
            kind="topic",
            thing_id=world.topic(row["topic"]),
            account_id=world.account(row["to"]),
        )


def _settle(row: Row, world: World) -> None:
    """What of the guide is right as the demo has it; mail and legal texts are left to try."""
    for step in row["steps"]:
        settle_step(world.actor(row["by"]), step)


def _watch(row: Row, world: World) -> None:
    forum.watch(world.actor(row["by"]), topic_id=world.topic(row["topic"]))


def _found(row: Row, world: World) -> None:
    """Somebody found the answer before the question was sent."""
    forum.solve_while_asking(
        world.actor(row["by"]),
        kind="topic",
        thing_id=world.topic(row["topic"]),
        title=row["title"],
    )


def _fail(row: Row, world: World) -> None:
    """A mail that the other side refused for good. Tried again, it is written."""
    arguments = {
        "account_id": world.account(row["to"]),
        "kind": "answer",
        "post_id": world.post(row["post"]),
    }
    moment = clock.now()
    db.session.add(
        Job(
            name=job_name(mail_notice),
            arguments=arguments,
            created_at=moment,
            due_at=moment,
            tries=1,
            failed_at=moment,
            error=row["error"],
        )
    )


def _miss(row: Row, _world: World) -> None:
    for words, times in row["words"].items():
        for _again in range(times):
            note_miss(words)
