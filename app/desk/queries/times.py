"""When questions were asked and first answered, for the desk's figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.core.db import db
from app.forum import queries as forum
from app.forum.models import Board, Post, Topic

MOST_QUESTIONS = 5_000  # of four weeks; the newest count where there are more


def first_answers(viewer: Actor, since: datetime) -> Sequence[Any]:
    """Questions since then, newest first, with the first answer that somebody else wrote.

    What a person is today counts, not what they were then.
    """
    first = (
        select(Post.id)
        .where(Post.topic_id == Topic.id, Post.kind == "answer", Post.state == "visible")
        .where(Post.author_id != Topic.author_id)
        .order_by(Post.position)
        .limit(1)
        .correlate(Topic)
        .scalar_subquery()
    )
    wanted = (
        select(
            Topic.id,
            Topic.title,
            Topic.created_at.label("asked_at"),
            Board.name.label("board_name"),
            Post.created_at.label("answered_at"),
            Account.role,
        )
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Post, Post.id == first)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(forum.topic_listed(viewer), Topic.kind == "question", Topic.created_at >= since)
    )
    order = (Topic.created_at.desc(), Topic.id.desc())
    return db.session.execute(wanted.order_by(*order).limit(MOST_QUESTIONS)).all()
