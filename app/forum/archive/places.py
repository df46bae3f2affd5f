"""Categories → public boards in which members may post; tags → tag rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from app.core.db import insert_once
from app.core.web.converters import slugify
from app.forum import actions
from app.forum.archive import queries
from app.forum.models import Tag


class Place(NamedTuple):
    """What a topic needs of its board."""

    id: int
    audience: int
    name: str


class Places:
    """Remembers what it looked up; `forget` after a rollback."""

    def __init__(self) -> None:
        self._boards: dict[str, Place] = {}
        self._tags: dict[str, int] = {}

    def forget(self) -> None:
        self._boards.clear()
        self._tags.clear()

    def board(self, category: str) -> Place:
        """The board with the category's slug, whatever its name and audience; made if missing."""
        slug = board_slug(category)
        if slug not in self._boards:
            board = queries.board_by_slug(slug) or actions.create_board(category, slug=slug)
            self._boards[slug] = Place(board.id, board.audience, board.name)
        return self._boards[slug]

    def tag_ids(self, names: tuple[str, ...]) -> Mapping[str, int]:
        missing = [name for name in names if name not in self._tags]
        for name in missing:
            insert_once(Tag, name=name)
        self._tags.update(queries.tag_ids(missing))
        return self._tags


def board_slug(category: str) -> str:
    """ "C++" and "C#" stay apart; a category without Latin letters gets a stable slug of its own."""
    spoken = category.replace("+", " plus ").replace("#", " sharp ")
    return slugify(spoken) or f"board-{hashlib.sha256(category.encode()).hexdigest()[:8]}"
