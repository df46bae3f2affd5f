"""What a line says by the columns of its rows alone: the import keeps beside a row what differs
from this (kept.py), the export begins with it.

Optional fields are left out where they say nothing: no views, not closed, no kind but the usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.accounts.actor import AUDIENCES
from app.forum.archive.fields import time_text

Fields = dict[str, Any]

_AUDIENCE_NAMES = {step: name for name, step in AUDIENCES.items()}
#: States that the format has no word for; both are "hidden" there, and say more in a field of ours.
_OWN_STATES = ("held", "removed")


def topic_fields(
    *,
    thread_id: Any,
    title: str,
    category: str,
    tags: Sequence[str],
    accepted_post_id: Any,
    created_at: datetime,
    begun_at: datetime,
    views: int,
    closed: bool,
    pinned: bool,
    kind: str,
    audience: int,
) -> Fields:
    """Everything but the posts. `begun_at` is the first post's time, `audience` a step of the ladder."""
    optional = {
        "created_at": time_text(created_at) if created_at != begun_at else None,
        "views": views,
        "closed": closed,
        "pinned": pinned,
        "kind": kind if kind != "question" else None,
        "audience": _AUDIENCE_NAMES[audience] if audience else None,
    }
    return {
        "thread_id": thread_id,
        "title": title,
        "category": category,
        "tags": list(tags),
        "accepted_post_id": accepted_post_id,
        **{name: value for name, value in optional.items() if value},
    }


def post_fields(
    *,
    post_id: Any,
    author: str,
    created_at: datetime,
    reply_to: Any,
    likes: int,
    format: str,
    text: str,
    edited_at: datetime | None,
    state: str,
    kind: str,
    usual_kind: str,
) -> Fields:
    """`usual_kind` is what the import would make of the post if the line does not say its kind."""
    optional = {
        "edited_at": time_text(edited_at) if edited_at else None,
        "hidden": state != "visible",
        "state": state if state in _OWN_STATES else None,
        "kind": kind if kind != usual_kind else None,
    }
    return {
        "post_id": post_id,
        "author": author,
        "created_at": time_text(created_at),
        "reply_to": reply_to,
        "likes": likes,
        **{name: value for name, value in optional.items() if value},
        format: text,
    }


def usual_kind(*, is_first: bool, action: Any, text: str) -> str:
    """The first post is the question. What the software wrote itself ("closed") is a note."""
    if is_first:
        return "question"
    return "note" if action and not text.strip() else "answer"
