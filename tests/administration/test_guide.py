"""The guide: what is done follows from what is so; what may be right as it is can be settled."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.administration import actions
from app.administration.guide import STEPS, guide
from app.administration.models import SettledStep
from app.core.db import db, transaction
from app.core.errors import Forbidden
from app.core.events import EventRow
from app.forum import actions as forum
from tests import cast


def events() -> list[str]:
    db.session.rollback()
    names = db.session.scalars(select(EventRow.name).order_by(EventRow.id))
    return [name for name in names if name.startswith("Step")]


def is_done(step: str) -> bool:
    db.session.rollback()
    return guide().line(step).is_done


@pytest.fixture
def laid(app: Any) -> Any:
    with transaction():
        board = forum.ensure_first_board()
    return board


@pytest.fixture
def ada(client_as: Any) -> Any:
    return client_as("Ada", "de")


def test_every_step_has_its_page(app, ada):
    with app.test_request_context():
        from flask import url_for

        urls = [url_for(step.endpoint, **step.arguments) for step in STEPS]
    assert [ada.get(url).status_code for url in urls] == [200] * len(STEPS)
    page = ada.get("/admin").text
    assert [url for url in urls if f'href="{url}"' not in page] == []


def test_each_page_of_a_step_leads_to_the_next_open_one(ada, laid):
    assert "Weiter: Netiquette" in ada.get("/admin/boards").text


def test_boards_are_done_by_a_second_one_or_by_another_name(laid):
    assert not is_done("boards")
    with transaction():
        forum.create_board("Rechnung")
    assert is_done("boards")


def test_boards_are_done_by_changing_the_first(laid):
    ada = cast.actor("Ada")
    with transaction():
        forum.change_board(
            ada, laid.id, name="Alles", description="", icon="box", audience=0, post_audience=1
        )
    assert is_done("boards")


def test_a_step_is_right_as_it_is(ada, laid):
    settled = ada.submit("/admin/steps/boards/settle")
    assert settled.location == "/admin?done=step_settled"
    ada.submit("/admin/steps/boards/settle")
    assert is_done("boards")
    assert events() == ["StepSettled"]
    assert "Schritt wieder öffnen" in ada.get("/admin").text
    ada.submit("/admin/steps/boards/reopen")
    ada.submit("/admin/steps/boards/reopen")
    assert not is_done("boards")
    assert events() == ["StepSettled", "StepReopened"]


@pytest.mark.parametrize("step", ["mail", "nonsense", "%00", "boards'"])
def test_what_must_be_done_cannot_be_settled(ada, laid, step):
    assert ada.submit(f"/admin/steps/{step}/settle").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(SettledStep)) == 0


@pytest.mark.parametrize("name", ["guest", "Karin", "Anna", "Mo"])
def test_others_settle_nothing(laid, name):
    actor = cast.actor(name)
    for act in (actions.settle_step, actions.reopen_step):
        with pytest.raises(Forbidden), transaction():
            act(actor, "boards")
    assert events() == []


def test_the_guide_says_how_far_it_is(ada, laid):
    page = ada.get("/admin").text
    assert f"0 von {len(STEPS)} Schritten erledigt" in page
    assert "Notwendig" in page
    ada.submit("/admin/steps/boards/settle")
    assert f"1 von {len(STEPS)} Schritten erledigt" in ada.get("/admin").text
