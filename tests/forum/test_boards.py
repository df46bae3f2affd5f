"""Boards: made, changed and put in order by administrators alone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.errors import Forbidden, NotFound, Refused
from app.core.events import EventRow
from app.forum import actions, queries
from app.forum.models import Board
from tests import cast

pytestmark = pytest.mark.usefixtures("app")

WORDS = {"name": "Internet", "description": "Internet", "icon": "wifi"}


def change(by: str, **values: Any) -> None:
    board, actor = cast.board(), cast.actor(by)
    wanted = {**WORDS, "audience": cast.PUBLIC, "post_audience": cast.MEMBERS, **values}
    with transaction():
        actions.change_board(actor, board.id, **wanted)


def events() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))


def order() -> list[str]:
    db.session.rollback()
    return [board.slug for board in queries.visible_boards(cast.actor("Ada"))]


def test_a_renamed_board_keeps_its_address():
    change("Ada", name="Zuhause", icon="house")
    board = cast.board("internet")
    db.session.refresh(board)
    assert (board.name, board.icon, board.slug) == ("Zuhause", "house", "internet")
    assert events() == ["BoardChanged"]


def test_the_same_again_changes_nothing():
    change("Ada")
    change("Ada")
    assert events() == ["BoardChanged"]


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Anna", "Mo", "Bert"])
def test_others_change_nothing(name: str):
    cast.board("team")
    ada_first = order()
    with pytest.raises(Forbidden):
        change(name, name="Meins")
    actor, board_id = cast.actor(name), cast.board().id
    with pytest.raises(Forbidden), transaction():
        actions.move_board(actor, board_id, up=False)
    with pytest.raises(Forbidden), transaction():
        actions.create_board("Neu", actor=actor)
    assert sorted(order()) == sorted({*ada_first, "internet"})
    assert events() == []


def test_nobody_writes_who_cannot_read():
    with pytest.raises(Refused, match="must be able to read"):
        change("Ada", audience=cast.STAFF, post_audience=cast.MEMBERS)
    with pytest.raises(Refused, match="must be able to read"):
        change("Ada", post_audience=cast.PUBLIC)
    assert events() == []


def test_a_board_that_is_not_there_is_not_found():
    ada = cast.actor("Ada")
    with pytest.raises(NotFound), transaction():
        actions.change_board(ada, 99, **WORDS, audience=cast.PUBLIC, post_audience=cast.MEMBERS)


def test_the_audience_is_a_fact_of_its_own():
    cast.make_topic()
    change("Ada", audience=cast.MEMBERS)
    assert events()[:3] == ["BoardChanged", "BoardAudienceChanged"]


def test_boards_change_places():
    with transaction():
        for name in ("Eins", "Zwei", "Drei"):
            actions.create_board(name)
    move("Drei", up=True)
    assert order() == ["eins", "drei", "zwei"]
    move("Eins", up=True)
    move("Zwei", up=False)
    assert order() == ["eins", "drei", "zwei"], "the first and the last stay"
    move("Eins", up=False)
    assert order() == ["drei", "eins", "zwei"]
    assert events().count("BoardMoved") == 2


def move(name: str, *, up: bool) -> None:
    ada = cast.actor("Ada")
    board_id = db.session.execute(select(Board.id).filter_by(name=name)).scalar_one()
    with transaction():
        actions.move_board(ada, board_id, up=up)
