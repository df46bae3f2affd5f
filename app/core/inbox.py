"""What waits for the team: one row of the desk's inbox, whichever feature it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
