"""What waits for the team: one row of the desk's inbox, whichever feature it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class InboxItem:
    """`kind` and `thing_id` name the thing; `since` is when it began to wait."""

    kind: str
    thing_id: int
    title: str
    url: str
    since: datetime
    detail: str = ""
    board: str = ""
    urgency: int = 0


#: A source gives what waits for this viewer, at most `limit` of each kind, the oldest first.
Source = Callable[[Any, int], Sequence[InboxItem]]


def gather(viewer: Any, limit: int) -> tuple[list[InboxItem], bool]:
    """What all of wiring.INBOX knows of, most urgent and then oldest first; is that all of it?"""
    sources: Sequence[Source] = current_app.extensions["helferkreis.inbox"]
    parts = [source(viewer, limit) for source in sources]
    items = sorted(
        (item for part in parts for item in part), key=lambda item: (-item.urgency, item.since)
    )
    return items, all(len(part) < limit for part in parts)
