"""What only the team sees above a topic; who is in charge of a thing, and who could be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.desk import queries
from app.desk.queries import NOTES_IN_STRIP


def topic_strip(viewer: Actor, topics: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "topic.strip": for the team only, whatever the topic."""
    if not viewer.is_staff:
        return {}
    return {topic.id: strip_of(viewer, topic.id) for topic in topics}


def strip_of(viewer: Actor, topic_id: int) -> dict[str, Any]:
    assigned = queries.assignments_of([("topic", topic_id)]).get(("topic", topic_id))
    return {
        "template": "desk/_strip.html",
        "topic_id": topic_id,
        "charge": charge_of(viewer, "topic", topic_id, assigned),
        "notes": queries.notes_of(topic_id, NOTES_IN_STRIP),
        "notes_url": url_for("desk.notes", id=topic_id),
    }


def charge_of(viewer: Actor, kind: str, thing_id: int, assigned: Any) -> dict[str, Any]:
    """`assigned` is the row of who is in charge now, or None."""
    return {
        "kind": kind,
        "thing_id": thing_id,
        "in_charge": assigned,
        "is_mine": assigned is not None and assigned.account_id == viewer.id,
        "colleagues": queries.colleagues(),
    }
