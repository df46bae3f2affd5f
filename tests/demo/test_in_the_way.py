"""What somebody has set up is theirs: the demo neither overwrites it nor gets stuck at it."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.db import db, transaction
from app.core.settings import change_settings, load_settings
from app.demo import moving_in
from app.demo.founding import BY_SET_UP
from app.forum.actions import ensure_first_board
from app.forum.queries import boards_to_order
from tests import cast


def run(app: Any, *arguments: str) -> Any:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=list(arguments))
    db.session.rollback()
    return result


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (("create-account", "Mira", "mira@example.org", "--role", "admin"), "“Mira”"),
        (("create-account", "MIRA", "mira@example.org"), "“MIRA”"),
        (("create-board", "Internet"), "“Internet”"),
    ],
)
def test_a_name_that_is_taken_keeps_the_demo_out(app, before: tuple[str, ...], said: str):
    assert run(app, *before).exit_code == 0
    done = run(app, "demo")
    assert (done.exit_code, moving_in.newest_part(), load_settings().demo) == (0, None, "")
    assert f"{said} is there already; the demo moves only into an empty forum." in done.stderr


def test_chosen_settings_are_not_overwritten(app):
    with transaction():
        change_settings(changed_by=None, name="Mein Forum")
    assert "Somebody has chosen settings already" in run(app, "demo").stderr
    assert load_settings().name == "Mein Forum"


def test_an_administrator_alone_is_no_reason(app):
    run(app, "create-account", "ada", "ada@example.org", "--role", "admin")
    with transaction():
        assert moving_in.begin()


def test_whoever_asks_while_it_begins_keeps_their_board(app):
    with transaction():
        first = ensure_first_board()
        assert first is not None and moving_in.begin()
    cast.make_topic("Schneller als alle", board_slug=BY_SET_UP)
    part = moving_in.newest_part()
    assert part is not None
    db.session.rollback()
    moving_in.fill(**part.arguments)
    db.session.rollback()
    assert BY_SET_UP in [board.slug for board in boards_to_order()]
    assert len(boards_to_order()) > 1
