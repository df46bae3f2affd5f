"""One thing that waits, with what somebody needs who is going to deal with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.core import slots
from app.core.errors import NotFound
from app.core.inbox import InboxItem
from app.core.settings import load_settings
from app.core.waiting import Wait
from app.desk import queries
from app.desk.display.lines import OWN_TOPIC, Inbox
from app.desk.display.replies import picker_of
from app.desk.display.strip import charge_of
from app.desk.queries import NOTES_IN_STRIP
from app.forum import queries as forum
from app.forum import rules as forum_rules
from app.forum.display import Around, shown_post, status_of, topic_url

LATEST = 3  # answers shown below the question


@dataclass(frozen=True)
class Opened:
    """`kind` and `id` name the thing, `item_kind` what came in about it; `pieces` show it."""

    kind: str
    id: int
    item_kind: str
    title: str
    url: str
    wait: Wait | None
    board: str
    detail: str
    charge: dict[str, Any]
    history: Sequence[Any]
    pieces: Sequence[dict[str, Any]]
    language: str | None = None


def open_thing(viewer: Actor, found: Inbox, kind: str, thing_id: int) -> Opened:
    """A topic that the viewer may read, or whatever else waits in the viewer's inbox.

    Raises NotFound for everything else.
    """
    line = found.line_of((kind, thing_id))
    if kind == "topic":
        return _topic(viewer, found, forum.topic_or_404(thing_id, viewer))
    if line is None:
        raise NotFound()
    if kind == "job":
        pieces = [{"template": "desk/_job.html", "job": queries.job_or_404(thing_id)}]
    else:
        wanted = SimpleNamespace(kind=kind, id=thing_id)
        pieces = slots.fill("desk.thing", viewer, [wanted]).get(thing_id, [])
    return _opened(viewer, found, line.item, kind=kind, wait=line.wait, pieces=pieces)


def _topic(viewer: Actor, found: Inbox, topic: Any) -> Opened:
    line = found.line_of(("topic", topic.id))
    item = line.item if line else _item_of(topic)
    pieces = [{"template": "desk/_topic.html", **topic_pane(viewer, topic)}]
    wait = line.wait if line else None
    return _opened(
        viewer, found, item, kind="topic", wait=wait, pieces=pieces, language=topic.language
    )


def topic_pane(viewer: Actor, topic: Any) -> dict[str, Any]:
    """The question, the newest answers, notes, and what is needed to answer."""
    rows = forum.glimpse_of(topic.id, viewer, latest=LATEST)
    actions = slots.fill("post.actions", viewer, rows)
    posts = [shown_post(row, topic, viewer, accepted_id=None, actions=actions) for row in rows]
    return {
        "topic": {**topic._mapping, "url": topic_url(topic.id, topic.title)},
        "status": status_of(topic, viewer),
        "around": _around(topic),
        "posts": posts,
        "more_answers": max(0, topic.answers_count - (len(posts) - 1)),
        "notes": queries.notes_of(topic.id, NOTES_IN_STRIP),
        "notes_url": url_for("desk.notes", id=topic.id),
        "answering": forum_rules.can_answer(viewer, topic),
        "picker": picker_of(topic),
    }


def _opened(viewer: Actor, found: Inbox, item: InboxItem, *, kind: str, **more: Any) -> Opened:
    assigned = found.in_charge.get((kind, item.thing_id))
    return Opened(
        kind=kind,
        id=item.thing_id,
        item_kind=item.kind,
        title=item.title,
        url=item.url,
        board=item.board,
        detail=item.detail,
        charge=charge_of(viewer, kind, item.thing_id, assigned),
        history=queries.history_of(kind, item.thing_id),
        **more,
    )


def _item_of(topic: Any) -> InboxItem:
    """A topic for which nobody waits, as its row in the inbox would be."""
    return InboxItem(
        kind=OWN_TOPIC,
        thing_id=topic.id,
        title=topic.title,
        url=topic_url(topic.id, topic.title),
        since=topic.created_at,
        board=topic.board_name,
    )


def _around(topic: Any) -> Around:
    """Without its solution: the desk shows the newest answers only."""
    return Around(
        kind=topic.kind,
        language=topic.language,
        author_name=topic.author_name,
        solved_by=None,
        solved_at=None,
        solution_has_place=False,
        company=load_settings().company,
    )
