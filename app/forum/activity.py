"""A member's topics or answers, for the member page (slot member.activity)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.core.text import excerpt, plain
from app.core.web.paging import Cursor, Page, cursor_text
from app.forum import queries
from app.forum.display import topic_line

EXCERPT_LENGTH = 200


def member_activity(viewer: Actor, members: Sequence[Any]) -> Mapping[int, Page]:
    """A page for each member, who has id, name, filter ("topics" or "answers") and after."""
    return {member.id: _page(viewer, member) for member in members}


def _page(viewer: Actor, member: Any) -> Page:
    if member.filter == "answers":
        rows, following = queries.posts_by_member(viewer, member.id, after=member.after)
        items: list[Any] = [_answer(row) for row in rows]
    else:
        rows, following = queries.topics_by_member(viewer, member.id, after=member.after)
        items = [topic_line(row, viewer) for row in rows]
    return Page(items, _next(member, following), _start(member))


def _answer(row: Any) -> dict[str, Any]:
    return {
        "url": url_for("forum.post", id=row.post_id),
        "title": row.title,
        "excerpt": excerpt(plain(row.html), EXCERPT_LENGTH),
        "created_at": row.posted_at,
        "accepted": row.accepted,
    }


def _next(member: Any, following: Cursor | None) -> str | None:
    return _url(member, after=cursor_text(following)) if following else None


def _start(member: Any) -> str | None:
    return _url(member) if member.after else None


def _url(member: Any, **values: Any) -> str:
    return url_for("accounts.member", name=member.name, filter=member.filter, **values)
