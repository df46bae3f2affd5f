"""What the knowledge base puts into the desk's inbox."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.accounts.actor import Actor
from app.core.inbox import InboxItem
from app.knowledge import queries
from app.knowledge.display import article_url


def inbox_items(viewer: Actor, limit: int) -> list[InboxItem]:
    """Open suggestions and articles in review, the longest waiting first; nothing but for staff."""
    if not viewer.is_staff:
        return []
    items = [*_suggestions(limit), *_reviews(viewer, limit)]
    return sorted(items, key=lambda item: item.since)[:limit]


def _suggestions(limit: int) -> list[InboxItem]:
    rows, _following = queries.open_suggestions(limit=limit)
    return [
        InboxItem(
            kind="suggestion",
            thing_id=row.id,
            title=row.topic_title,
            url=url_for("knowledge_staff.promote", id=row.id),
            since=row.suggested_at,
            detail=_("Solution by %(name)s", name=row.author_name),
            board=row.board_name,
        )
        for row in rows
    ]


def _reviews(viewer: Actor, limit: int) -> list[InboxItem]:
    return [
        InboxItem(
            kind="article",
            thing_id=row.id,
            title=row.title,
            url=article_url(row) + "?newest=1",
            since=row.review_asked_at,
            detail=_("Revision %(number)s waits for a review", number=row.number),
            board=row.board_name or "",
        )
        for row in queries.articles_in_review(viewer, limit)
    ]
