"""The pages of boards: what another audience means is shown before it happens; order; icons."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import db
from app.forum.models import Board, Topic
from tests import cast

FORM = {
    "board_name": "Internet",
    "description": "Anschluss und WLAN",
    "icon": "wifi",
    "audience": "0",
    "post_audience": "1",
}


def audience_of(slug: str) -> int:
    db.session.rollback()
    return int(db.session.execute(select(Board.audience).filter_by(slug=slug)).scalar_one())


@pytest.fixture
def ada(client_as: Any) -> Any:
    return client_as("Ada", "de")


def test_a_board_is_made_with_an_address_from_its_name(ada):
    made = ada.submit("/admin/boards/new", **{**FORM, "board_name": "Fürs Zuhause"})
    assert made.location == "/admin/boards?done=board_made"
    board = db.session.execute(select(Board).filter_by(slug="fuers-zuhause")).scalar_one()
    assert (board.icon, board.description) == ("wifi", "Anschluss und WLAN")
    assert "Fürs Zuhause" in ada.get("/admin/boards").text


def test_an_address_that_is_taken_is_said_at_its_field(ada):
    cast.board("internet")
    refused = ada.submit("/admin/boards/new", **FORM)
    assert refused.status_code == 422
    assert 'id="slug-error"' in refused.text
    assert "Anschluss und WLAN" in refused.text, "what was typed is still there"


@pytest.mark.parametrize("slug", ["Groß", "a b", "/x", "ä"])
def test_an_address_is_small_latin_letters(ada, slug):
    refused = ada.submit("/admin/boards/new", **FORM, slug=slug)
    assert (refused.status_code, 'id="slug-error"' in refused.text) == (422, True)


def test_another_audience_is_shown_before_it_happens(ada):
    for number in range(3):
        cast.make_topic(f"Thema {number}")
    board = cast.board("internet")
    url = f"/admin/boards/{board.id}"
    shown = ada.submit(url, **{**FORM, "audience": "3", "post_audience": "3"})
    assert shown.status_code == 422
    assert "3 Themen" in shown.text
    assert audience_of("internet") == cast.PUBLIC
    wrong = ada.submit(url, **{**FORM, "audience": "3", "post_audience": "3", "confirmed": "2"})
    assert (wrong.status_code, audience_of("internet")) == (422, cast.PUBLIC)
    done = ada.submit(url, **{**FORM, "audience": "3", "post_audience": "3", "confirmed": "3"})
    assert done.location == "/admin/boards?done=board_saved"
    assert audience_of("internet") == cast.STAFF
    assert db.session.execute(select(Topic.audience).distinct()).scalars().all() == [cast.STAFF]


def test_an_empty_board_needs_no_question(ada):
    board = cast.board("internet")
    ada.submit(f"/admin/boards/{board.id}", **{**FORM, "audience": "2", "post_audience": "2"})
    assert audience_of("internet") == cast.SUPERUSERS


def test_nobody_writes_who_cannot_read(ada):
    board = cast.board("internet")
    refused = ada.submit(f"/admin/boards/{board.id}", **{**FORM, "audience": "3"})
    assert (refused.status_code, 'id="post_audience-error"' in refused.text) == (422, True)


@pytest.mark.parametrize("field", ["icon", "audience", "post_audience", "board_name"])
def test_nonsense_is_refused_at_its_field(ada, field):
    board = cast.board("internet")
    refused = ada.submit(f"/admin/boards/{board.id}", **{**FORM, field: ""})
    assert (refused.status_code, f'id="{field}-error"' in refused.text) == (422, True)


def test_boards_are_put_in_order_without_script(ada):
    first, second = cast.board("internet"), cast.board("team")
    rows = [f'id="board-{board.id}"' for board in (first, second)]
    page = ada.get("/admin/boards").text
    assert page.index(rows[0]) < page.index(rows[1])
    moved = ada.submit(f"/admin/boards/{second.id}/move", to="up")
    assert moved.location == f"/admin/boards#board-{second.id}"
    page = ada.get("/admin/boards").text
    assert page.index(rows[1]) < page.index(rows[0])
    assert ada.submit(f"/admin/boards/{first.id}/move", to="up").status_code == 303


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Anna", "Mo"])
def test_others_reach_none_of_it(client_as, name):
    board = cast.board("internet")
    browser = client_as(name)
    urls = ["/admin/boards", "/admin/boards/new", f"/admin/boards/{board.id}"]
    assert [browser.get(url).status_code for url in urls] == [403] * 3
    urls = ["/admin/boards/new", f"/admin/boards/{board.id}", f"/admin/boards/{board.id}/move"]
    assert [browser.submit(url, **FORM).status_code for url in urls] == [403] * 3
    assert cast.board("internet").description == "Internet"


def test_the_pages_ask_little_of_the_database(ada, count_queries):
    for slug in cast.BOARDS:
        cast.board(slug)
    for url in ("/admin", "/admin/boards", f"/admin/boards/{cast.board().id}", "/admin/mail"):
        with count_queries() as queries:
            assert ada.get(url).status_code == 200
        assert len(queries) <= 16, url
