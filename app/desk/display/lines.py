"""Items → rows of the inbox with who is in charge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.actor import Actor
from app.core.inbox import InboxItem, gather
from app.desk import queries
from app.desk.models import THINGS
from app.desk.queries import LIMIT, thing_of
from app.forum import queries as forum
from app.forum.display import topic_url

MINE = "mine"
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
    """One row: the item, the thing behind it, and who is in charge (None for nobody)."""

    item: InboxItem
    thing_kind: str
    in_charge: str | None
    is_mine: bool


@dataclass(frozen=True)
class Inbox:
    """Everything that waits for this viewer, and how much of it there is of each kind."""

    lines: Sequence[Line]
    complete: bool

    @property
    def total(self) -> int:
        """Without one's own topics that are answered already: they wait for nobody."""
        return sum(line.item.kind != "topic" for line in self.lines)

    @property
    def mine(self) -> int:
        return sum(line.is_mine for line in self.lines)

    def of(self, kind: str) -> Sequence[Line]:
        """What a filter shows: a kind, "mine", or all that waits."""
        if kind == MINE:
            return [line for line in self.lines if line.is_mine]
        if kind:
            return [line for line in self.lines if line.item.kind == kind]
        return [line for line in self.lines if line.item.kind != "topic"]

    def counts(self) -> Counter[str]:
        return Counter(line.item.kind for line in self.lines)


def inbox(viewer: Actor) -> Inbox:
    """Most urgent first, then the longest waiting."""
    items, complete = gather(viewer, LIMIT)
    items += _own_topics(viewer, {item.thing_id for item in items if item.kind == "question"})
    in_charge = queries.assignments_of(thing_of(item) for item in items)
    lines = []
    for item in items:
        assigned = in_charge.get(thing_of(item))
        lines.append(
            Line(
                item=item,
                thing_kind=THINGS[item.kind],
                in_charge=assigned.name if assigned else None,
                is_mine=assigned is not None and assigned.account_id == viewer.id,
            )
        )
    return Inbox(lines, complete)


def _own_topics(viewer: Actor, shown: set[int]) -> list[InboxItem]:
    """Topics that the viewer keeps an eye on although somebody has answered."""
    since = {r.thing_id: r.assigned_at for r in queries.topics_in_charge(viewer, LIMIT)}
    rest = [topic_id for topic_id in since if topic_id not in shown]
    found = forum.topics_by_ids(viewer, rest) if rest else {}
    return [
        InboxItem(
            kind="topic",
            thing_id=row.id,
            title=row.title,
            url=topic_url(row.id, row.title),
            since=since[row.id],
            board=row.board_name,
        )
        for row in found.values()
    ]
