"""Boards: made by the operator."""

from __future__ import annotations

from app.accounts.actor import MEMBERS, PUBLIC
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.web.converters import slugify
from app.forum import queries
from app.forum.models import Board


def create_board(
    name: str,
    *,
    slug: str = "",
    description: str = "",
    audience: int = PUBLIC,
    post_audience: int = MEMBERS,
) -> Board:
    """A new board at the end of the list. Raises Refused when its address is taken or empty."""
    slug = slug or slugify(name)
    if not slug:
        raise Refused(
            N_(
                "The address of a board consists of Latin letters, digits and hyphens. Please choose "
                "one."
            ),
            field="slug",
        )
    if queries.slug_is_taken(slug):
        raise Refused(
            N_("There is already a board with the address “%(slug)s”. Please choose another one."),
            slug=slug,
        )
    board = Board(
        slug=slug,
        name=name,
        description=description,
        audience=audience,
        post_audience=max(post_audience, audience),
        position=queries.next_board_position(),
    )
    db.session.add(board)
    db.session.flush()
    return board


def ensure_first_board() -> Board | None:
    """One public board for a forum that has none; None where there are boards."""
    if queries.any_board():
        return None
    return create_board("Allgemeines", description="Alles, was sonst nirgends passt")
