"""Before the first person came: the rules that were in force, the boards, what a rank asks for.

Set-up laid the netiquette and the charter a minute ago; here they have been in force for years.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlalchemy import delete, exists, update

from app.accounts.actor import AUDIENCES
from app.accounts.models import Document
from app.core import clock
from app.core.db import db
from app.demo.material import Calendar, read
from app.demo.people import joined_at, people
from app.demo.steps import Step
from app.demo.world import World
from app.forum import actions as forum
from app.forum.models import Board, Topic
from app.moderation.models import Rulebook

BY_SET_UP = "allgemeines"


def steps(calendar: Calendar) -> Iterator[Step]:
    beginning = min(joined_at(person, calendar) for person in people()) - timedelta(days=1)
    yield Step(beginning, _in_force)
    yield Step(beginning, _drop_first_board)
    for board in read("boards.json"):
        yield Step(beginning, partial(_lay_board, board))


def _in_force(_world: World) -> None:
    for model in (Rulebook, Document):
        db.session.execute(update(model).values(valid_from=clock.now()))


def _drop_first_board(_world: World) -> None:
    """Unless somebody has asked in it, quicker than the demo was."""
    asked = exists().where(Topic.board_id == Board.id)
    db.session.execute(delete(Board).where(Board.slug == BY_SET_UP, ~asked))


def _lay_board(board: dict[str, str], _world: World) -> None:
    forum.create_board(
        board["name"],
        slug=board["slug"],
        description=board["description"],
        icon=board["icon"],
        audience=AUDIENCES[board["audience"]],
        post_audience=AUDIENCES[board["posting"]],
    )
