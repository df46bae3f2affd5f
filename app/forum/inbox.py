"""What the forum puts into the desk's inbox: questions that nobody has answered yet."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.accounts.actor import Actor
from app.core.inbox import InboxItem
from app.forum import queries
from app.forum.display import topic_url

KIND = "question"


def inbox_items(viewer: Actor, limit: int) -> Sequence[InboxItem]:
    """The longest waiting first; nothing but for staff."""
    if not viewer.is_staff:
        return ()
    return [
        InboxItem(
            kind=KIND,
            thing_id=row.id,
            title=row.title,
            url=topic_url(row.id, row.title),
            since=row.created_at,
            detail=_("asked by %(name)s", name=row.author_name),
            board=row.board_name,
        )
        for row in queries.waiting_questions(viewer, limit)
    ]
