"""Opening a case: one per item, whether members, anybody, a gate or the team ask for it."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.moderation import queries, rules
from app.moderation.events import CaseOpened
from app.moderation.models import Case


def open_case(actor: Actor, *, post_id: int) -> Case:
    """Look into a post that nobody reported; an open case about it is simply returned."""
    item = queries.item_to_change(post_id, actor)
    require(rules.can_open_case(actor, item))
    return case_about(item, origin="staff")


def open_case_about_held(*, post_id: int) -> None:
    """The house, when a gate held this post: it waits in the queue."""
    item = queries.item_of(post_id)
    if item is not None and item.state == "held":
        case_about(item, origin="held")


def case_about(item: Any, *, origin: str) -> Case:
    """The open case about a post, opened where there is none; the topic must be locked."""
    case = queries.open_case_of(item.id)
    if case is None:
        case = Case(item_id=item.id, board_id=item.board_id, origin=origin, opened_at=clock.now())
        db.session.add(case)
        db.session.flush()
        record(CaseOpened(case_id=case.id, post_id=item.id, board_id=item.board_id))
    return case
