"""Boards: made by the operator or an administrator, changed and put in order by administrators."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.accounts.actor import MEMBERS, PUBLIC, Actor
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.rules import require
from app.core.seen import require_seen
from app.core.web.converters import slugify
from app.forum import queries, rules
from app.forum.events import BoardAudienceChanged, BoardChanged, BoardCreated, BoardMoved
from app.forum.models import (
    DEFAULT_ICON,
    FIRST_BOARD,
    FIRST_DESCRIPTION,
    Board,
    Topic,
)

TOPICS_AT_ONCE = 5_000  # rows of one UPDATE, well within PostgreSQL's time limit


def create_board(
    name: str,
    *,
    actor: Actor | None = None,
    slug: str = "",
    description: str = "",
    icon: str = DEFAULT_ICON,
    audience: int = PUBLIC,
    post_audience: int = MEMBERS,
) -> Board:
    """A new board at the end of the list.

    Without an actor it is the operator's command, set-up or an import, which records no event.
    Raises Refused at `slug` when its address is taken or empty.
    """
    if actor is not None:
        require(rules.can_arrange_boards(actor))
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
        raise _taken(slug)
    board = Board(
        slug=slug,
        name=name,
        description=description,
        icon=icon,
        audience=audience,
        post_audience=max(post_audience, audience),
        position=queries.next_board_position(),
    )
    _save(board)
    if actor is not None:
        record(BoardCreated(board_id=board.id, actor_id=actor.account_id))
    return board


def ensure_first_board() -> Board | None:
    """One public board for a forum that has none; None where there are boards."""
    if queries.any_board():
        return None
    return create_board(FIRST_BOARD, description=FIRST_DESCRIPTION)


def change_board(
    actor: Actor,
    board_id: int,
    *,
    name: str,
    description: str,
    icon: str,
    audience: int,
    post_audience: int,
    seen: str | None = None,
) -> Board:
    """What a board is called and who it is for; its address stays. The same again changes nothing.
    Raises Overtaken where `seen` is not the digest of what it was before.

    Another audience holds for all its topics with the same commit; index and counters follow by
    jobs, and whatever they say of it is read through the topics' own audience.
    """
    require(rules.can_arrange_boards(actor))
    board = queries.board_to_change(board_id)
    if post_audience < max(audience, MEMBERS):
        raise Refused(
            N_("Whoever may write must be able to read. Please change one of the two."),
            field="post_audience",
        )
    wanted = {
        "name": name,
        "description": description,
        "icon": icon,
        "audience": audience,
        "post_audience": post_audience,
    }
    before = {column: getattr(board, column) for column in wanted}
    if wanted != before:
        require_seen(before, seen)
        for column, value in wanted.items():
            setattr(board, column, value)
        db.session.flush()
        record(BoardChanged(board_id=board.id, actor_id=actor.account_id))
        if audience != before["audience"]:
            _take_topics_along(actor, board)
    return board


def move_board(actor: Actor, board_id: int, *, up: bool) -> None:
    """Change places with the board above or below; the first and the last stay where they are."""
    require(rules.can_arrange_boards(actor))
    boards = queries.boards_to_order()
    here = next((place for place, board in enumerate(boards) if board.id == board_id), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(boards):
        return
    boards[here], boards[there] = boards[there], boards[here]
    for position, board in enumerate(boards, 1):
        board.position = position
    db.session.flush()
    record(BoardMoved(board_id=board_id, actor_id=actor.account_id))


def _take_topics_along(actor: Actor, board: Board) -> None:
    last = 0
    while ids := queries.topic_ids_of_board(board.id, after=last, limit=TOPICS_AT_ONCE):
        last = ids[-1]
        here = Topic.id.between(ids[0], last)
        db.session.execute(
            update(Topic)
            .where(Topic.board_id == board.id, here)
            .values(audience=board.audience)
            .execution_options(synchronize_session=False)
        )
    record(
        BoardAudienceChanged(board_id=board.id, actor_id=actor.account_id, audience=board.audience)
    )


def _save(board: Board) -> None:
    """The constraint has the last word: two people may want the same address at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(board)
            db.session.flush()
    except IntegrityError as error:
        raise _taken(board.slug) from error


def _taken(slug: str) -> Refused:
    sentence = N_(
        "There is already a board with the address “%(slug)s”. Please choose another one."
    )
    return Refused(sentence, field="slug", slug=slug)
