"""Boards that a viewer may read or write in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.accounts.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import Board, Topic
from app.forum.queries.visibility import board_readable

Boards = Sequence[Any]


def _boards(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Board.id,
            Board.slug,
            Board.name,
            Board.description,
            Board.icon,
            Board.audience,
            Board.post_audience,
            Board.topics_count,
            Board.questions_count,
            Board.solved_count,
        )
        .where(board_readable(viewer))
        .order_by(Board.position, Board.id)
    )


def visible_boards(viewer: Actor) -> Boards:
    return db.session.execute(_boards(viewer)).all()


def boards_for_posting(viewer: Actor) -> Boards:
    """Boards in which the viewer may open a topic."""
    return db.session.execute(_boards(viewer).where(Board.post_audience <= viewer.audience)).all()


def board_by_slug(slug: str, viewer: Actor) -> Any:
    """The board, or NotFound where there is none that the viewer may read."""
    board = db.session.execute(_boards(viewer).where(Board.slug == slug)).first()
    if board is None:
        raise NotFound()
    return board


def slug_is_taken(slug: str) -> bool:
    return db.session.execute(select(Board.id).where(Board.slug == slug)).first() is not None


def any_board() -> bool:
    return db.session.execute(select(Board.id).limit(1)).first() is not None


def next_board_position() -> int:
    return (db.session.execute(select(func.max(Board.position))).scalar() or 0) + 1


def boards_of(topic_ids: Sequence[int]) -> list[int]:
    """Ids of the boards in which these topics are, each once, in order."""
    statement = select(Topic.board_id).where(Topic.id.in_(topic_ids)).distinct()
    return sorted(db.session.execute(statement).scalars())
