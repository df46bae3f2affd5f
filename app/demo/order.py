"""Reports, notices, decisions and objections of data/order.json."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.accounts.actor import GUEST
from app.core.events import record
from app.core.mail import link
from app.core.text import render
from app.demo import queries
from app.demo.material import Calendar, read
from app.demo.steps import Step
from app.demo.world import World
from app.forum.actions.writing import add_post, start_watching
from app.forum.events import PostSubmitted
from app.moderation import actions
from app.moderation import queries as moderation
from app.moderation.statements import write_letters

Row = dict[str, Any]


def steps(calendar: Calendar) -> Iterator[Step]:
    does = {
        "held": _hold,
        "report": _report,
        "notice": _notice,
        "decide": _decide,
        "object": _object,
        "answer": _answer_objection,
    }
    for row in read("order.json"):
        yield Step(calendar.past(row), partial(does[row["do"]], row))


def _hold(row: Row, world: World) -> None:
    """What HOLD_NEWCOMERS=on does with the first post of somebody new; the demo leaves it off."""
    actor, topic_id = world.actor(row["by"]), world.topic(row["topic"])
    text = row["text"]
    post = add_post(
        actor, topic_id=topic_id, kind="answer", text=text, html=render(text), held=True
    )
    start_watching(actor, topic_id)
    record(PostSubmitted(post_id=post.id, topic_id=topic_id, author_id=post.author_id, held=True))


def _report(row: Row, world: World) -> None:
    actions.report_post(
        world.actor(row["by"]),
        post_id=world.post(row["post"]),
        rule_number=row["rule"],
        text=row["text"],
    )


def _notice(row: Row, world: World) -> None:
    post_id = world.post(row["post"])
    actions.give_notice(
        GUEST,
        post_id=post_id,
        url=link("forum.post", id=post_id),
        category=row["category"],
        reasons=row["text"],
        name=row["name"],
        email=row["email"],
        anonymous_ground=False,
        language="de",
    )


def _decide(row: Row, world: World) -> None:
    """Read the letter, then decide, as in the browser."""
    actor, post_id = world.actor(row["by"]), world.post(row["post"])
    case = actions.open_case(actor, post_id=post_id)
    item = moderation.item_to_change(post_id, actor)
    words = {"rule": row.get("rule"), "facts": row.get("text", "")}
    draft = actions.draft_decision(actor, case, item, kind=row["kind"], **words)
    shown = write_letters(draft).mark
    actions.decide_case(actor, case_id=case.id, kind=row["kind"], shown=shown, **words)


def _object(row: Row, world: World) -> None:
    decision_id = queries.newest_decision(world.post(row["post"]))
    assert decision_id is not None
    actions.appeal(world.actor(row["by"]), decision_id=decision_id, text=row["text"])


def _answer_objection(row: Row, world: World) -> None:
    actor, post_id = world.actor(row["by"]), world.post(row["post"])
    appeal_id = queries.appeal_id(post_id)
    assert appeal_id is not None
    actions.decide_appeal(
        actor,
        appeal_id=appeal_id,
        outcome=row["outcome"],
        reasons=row["text"],
        shown=_letter_of_reversal(row, world) if row["outcome"] == "reversed" else "",
    )


def _letter_of_reversal(row: Row, world: World) -> str:
    actor, post_id = world.actor(row["by"]), world.post(row["post"])
    decision_id = queries.newest_decision(post_id)
    decision = moderation.read_decision(decision_id) if decision_id else None
    item = moderation.item_to_change(post_id, actor)
    draft = actions.draft_reversal(actor, decision, item, reasons=row["text"])
    return write_letters(draft).mark
