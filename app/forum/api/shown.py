"""Rows → what the schemas write."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.forum.display import topic_url

#: Not posts_count: it counts comments below hidden posts too, and would tell of them.
PLAIN = (
    "id", "title", "kind", "state", "language", "created_at", "last_post_at",
    "answers_count", "score", "solved", "closed",
)  # fmt: skip


def shown_topic(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "url": topic_url(row.id, row.title),
        "board": {"slug": row.board_slug, "name": row.board_name},
        "author": _person(row.author_name),
    }


def shown_post(row: Any) -> dict[str, Any]:
    """A post that its reader may read."""
    return {
        "id": row.id,
        "url": url_for("forum.post", id=row.id),
        "kind": row.kind,
        "state": row.state,
        "position": row.position,
        "parent": row.parent_id if row.kind == "comment" else None,
        "author": _person(row.author_name),
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "score": row.score,
        "official": bool(row.official),
        "html": row.html,
    }


def _person(name: str) -> dict[str, str]:
    return {"name": name, "url": url_for("accounts.member", name=name)}
