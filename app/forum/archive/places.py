"""Categories → boards in which members may post, public unless the line says otherwise; tags."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from typing import NamedTuple

from app.core.db import insert_once
from app.core.web.converters import slugify
from app.forum import actions
from app.forum.archive import queries
from app.forum.models import Board, Tag

ROOM_FOR_NUMBER = 60  # of the 80 characters of a slug


class Place(NamedTuple):
    """What a topic needs of its board."""

    id: int
    audience: int
    name: str


class Places:
    """Remembers what it looked up; `forget` after a rollback."""

    def __init__(self) -> None:
        self._boards: dict[tuple[str, int], Place] = {}
        self._tags: dict[str, int] = {}

    def forget(self) -> None:
        self._boards.clear()
        self._tags.clear()

    def look_again(self) -> None:
        """In each transaction: a board may be for others than it was in the one before."""
        self._boards.clear()

    def board(self, category: str, audience: int) -> Place:
        """The board with the category's slug, whatever its name; made if missing.

        It may be for fewer people than the line says, never for more: then the topics get a board
        of their own beside it.
        """
        slug = board_slug(category)
        if (slug, audience) not in self._boards:
            board = _board(category, slug, audience)
            self._boards[slug, audience] = Place(board.id, board.audience, board.name)
        return self._boards[slug, audience]

    def tag_ids(self, names: tuple[str, ...]) -> Mapping[str, int]:
        missing = [name for name in names if name not in self._tags]
        for name in missing:
            insert_once(Tag, name=name)
        self._tags.update(queries.tag_ids(missing))
        return self._tags


def _board(category: str, slug: str, audience: int) -> Board:
    for number in itertools.count():
        tried = _numbered(slug, number)
        board = queries.board_by_slug(tried)
        if board is None:
            return actions.create_board(category, slug=tried, audience=audience)
        if board.audience >= audience:
            return board
    raise AssertionError("there are not that many boards")


def _numbered(slug: str, number: int) -> str:
    return f"{slug[:ROOM_FOR_NUMBER]}-closed-{number}" if number else slug


def board_slug(category: str) -> str:
    """ "C++" and "C#" stay apart; a category without Latin letters gets a stable slug of its own."""
    spoken = category.replace("+", " plus ").replace("#", " sharp ")
    return slugify(spoken) or f"board-{hashlib.sha256(category.encode()).hexdigest()[:8]}"
