"""Items → rows of the inbox with who is in charge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.actor import Actor
from app.core import clock
from app.core.inbox import InboxItem, gather
from app.core.waiting import Wait, wait_between
from app.desk import queries
from app.desk.models import THINGS
from app.desk.queries import LIMIT, Thing, thing_of
from app.forum.display import topic_url

MINE = "mine"
OWN_TOPIC = "topic"  # answered, but the viewer is still in charge of it
#: The filter's order.
KINDS = (
    "notice",
    "appeal",
    "report",
    "review",
    "held",
    "staff",
    "question",
    "suggestion",
    "article",
    "nomination",
    "job",
)


@dataclass(frozen=True)
class Line:
    """One row: the item, the thing behind it, how long it waits (None: nobody waits for it any
    more) and who is in charge (None for nobody).
    """

    item: InboxItem
    thing_kind: str
    wait: Wait | None
    in_charge: str | None
    is_mine: bool

    @property
    def thing(self) -> Thing:
        return self.thing_kind, self.item.thing_id


@dataclass(frozen=True)
class Inbox:
    """Everything that waits for this viewer, and how much of it there is of each kind."""

    lines: Sequence[Line]
    complete: bool
    #: Thing → who is in charge of it now.
    in_charge: Mapping[Thing, Any]

    @property
    def total(self) -> int:
        """Without one's own topics that are answered already: they wait for nobody."""
        return sum(line.item.kind != OWN_TOPIC for line in self.lines)

    @property
    def mine(self) -> int:
        return sum(line.is_mine for line in self.lines)

    def line_of(self, thing: Thing) -> Line | None:
        return next((line for line in self.lines if line.thing == thing), None)

    def of(self, kind: str) -> Sequence[Line]:
        """What a filter shows: a kind, "mine", or all that waits."""
        if kind == MINE:
            return [line for line in self.lines if line.is_mine]
        if kind:
            return [line for line in self.lines if line.item.kind == kind]
        return [line for line in self.lines if line.item.kind != OWN_TOPIC]

    def after(self, thing: Thing, kind: str) -> Line | None:
        """What comes next in this filter once the thing is done; begins anew at its end."""
        lines = self.of(kind)
        place = next((n for n, line in enumerate(lines) if line.thing == thing), -1)
        others = [*lines[place + 1 :], *lines[: max(place, 0)]]
        return others[0] if others else None

    def counts(self) -> Counter[str]:
        return Counter(line.item.kind for line in self.lines)


def inbox(viewer: Actor, *, also: Thing | None = None) -> Inbox:
    """Most urgent first, then the longest waiting. `also` asks who is in charge of this, too."""
    items, complete = gather(viewer, LIMIT)
    items += _own_topics(viewer, {item.thing_id for item in items if item.kind == "question"})
    things = [thing_of(item) for item in items]
    in_charge = queries.assignments_of([*things, *([also] if also else [])])
    now = clock.now()
    lines = [_line(item, in_charge.get(thing_of(item)), viewer, now) for item in items]
    return Inbox(lines, complete, in_charge)


def _line(item: InboxItem, assigned: Any, viewer: Actor, now: datetime) -> Line:
    return Line(
        item=item,
        thing_kind=THINGS[item.kind],
        wait=wait_between(item.since, now) if item.kind != OWN_TOPIC else None,
        in_charge=assigned.name if assigned else None,
        is_mine=assigned is not None and assigned.account_id == viewer.id,
    )


def _own_topics(viewer: Actor, shown: set[int]) -> list[InboxItem]:
    """Topics that the viewer keeps an eye on although somebody has answered."""
    return [
        InboxItem(
            kind=OWN_TOPIC,
            thing_id=row.id,
            title=row.title,
            url=topic_url(row.id, row.title),
            since=row.assigned_at,
            board=row.board_name,
        )
        for row in queries.topics_in_charge(viewer, LIMIT)
        if row.id not in shown
    ]
