"""Which posts carry HTML of an older text pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.core.text import PIPELINE_VERSION
from app.forum.models import Post


def posts_to_render(*, after: int, limit: int, everything: bool) -> Sequence[Any]:
    """The next ones by id, with their sources; `everything` includes those that are up to date."""
    return db.session.execute(
        select(Post.id, Post.text, Post.format, Post.source)
        .where(Post.id > after, *_outdated(everything))
        .order_by(Post.id)
        .limit(limit)
    ).all()


def count_posts_to_render(*, everything: bool) -> int:
    statement = select(func.count()).select_from(Post).where(*_outdated(everything))
    return int(db.session.execute(statement).scalar_one())


def _outdated(everything: bool) -> list[ColumnElement[bool]]:
    return [] if everything else [Post.html_version < PIPELINE_VERSION]
