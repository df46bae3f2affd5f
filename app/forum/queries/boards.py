"""Boards that a viewer may read or write in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.accounts.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import FIRST_BOARD, FIRST_DESCRIPTION, Board, Post, Topic
from app.forum.queries.prepared import prepared
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


_run_boards = prepared(_boards)


def visible_boards(viewer: Actor) -> Boards:
    return _run_boards(viewer).all()


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


def only_first_board() -> bool:
    """Is there no board but the one that set-up laid, as it was laid?"""
    laid = (Board.name == FIRST_BOARD, Board.description == FIRST_DESCRIPTION)
    others = select(Board.id).where(~and_(*laid)).limit(1)
    return db.session.execute(others).first() is None


def next_board_position() -> int:
    return (db.session.execute(select(func.max(Board.position))).scalar() or 0) + 1


def boards_of(topic_ids: Sequence[int]) -> list[int]:
    """Ids of the boards in which these topics are, each once, in order."""
    statement = select(Topic.board_id).where(Topic.id.in_(topic_ids)).distinct()
    return sorted(db.session.execute(statement).scalars())


def board_to_change(board_id: int) -> Board:
    """The board as it is now; nobody else changes it, nor asks in it, until the transaction ends."""
    lock = {"key_share": True}  # rows that only refer to the board may still be written
    board = db.session.get(Board, board_id, with_for_update=lock, populate_existing=True)
    if board is None:
        raise NotFound()
    return board


def board_to_ask_in(board_id: int) -> Any:
    """Who may read and write here now; that stays so until the transaction ends."""
    return db.session.execute(
        select(Board.id, Board.audience, Board.post_audience)
        .where(Board.id == board_id)
        .with_for_update(read=True)
    ).one()


def boards_to_order() -> list[Board]:
    """All of them in their order, as rows to change."""
    wanted = select(Board).order_by(Board.position, Board.id).with_for_update(key_share=True)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def count_topics_in(board_id: int) -> int:
    """Topics in every state."""
    wanted = select(func.count()).select_from(Topic).where(Topic.board_id == board_id)
    return int(db.session.execute(wanted).scalar_one())


def topic_ids_of_board(board_id: int, *, after: int, limit: int) -> list[int]:
    """Topics in every state, oldest first."""
    wanted = select(Topic.id).where(Topic.board_id == board_id, Topic.id > after)
    return list(db.session.execute(wanted.order_by(Topic.id).limit(limit)).scalars())


def authors_in_board(board_id: int) -> list[int]:
    """Everybody who has written there."""
    wanted = select(Post.author_id).join(Topic, Topic.id == Post.topic_id)
    return list(db.session.execute(wanted.where(Topic.board_id == board_id).distinct()).scalars())
