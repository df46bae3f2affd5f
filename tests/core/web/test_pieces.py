"""Pieces of pages: made once for equal values, from nothing else, and each page with its own token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from jinja2.exceptions import UndefinedError

from app.core.locale import speaking
from app.core.web import pieces
from tests import cast

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

made: list[str] = []


@pytest.fixture
def kept(app: Flask) -> Iterator[Any]:
    made.clear()
    loader = app.jinja_env.loader
    assert loader is not None
    words = {
        "said.html": "{{ note(word) }}{{ _('Sign in') }} {{ word }}",
        "form.html": "<form>{{ csrf_token() }}</form>",
        "leaky.html": "{{ actor.name }}",
        "once.html": "{{ new_key() }}",
    }
    app.jinja_env.loader = ChoiceLoader([DictLoader(words), loader])
    app.jinja_env.globals["note"] = lambda word: made.append(word) or ""
    with app.test_request_context("/"):
        yield app.jinja_env.globals["kept"]
    app.jinja_env.loader = loader


def test_a_piece_is_made_once_for_equal_values(kept: Any) -> None:
    first = kept("said.html", word="eins")
    assert kept("said.html", word="eins") == first
    assert kept("said.html", word="zwei") != first
    assert made == ["eins", "zwei"]


def test_each_language_has_its_own_piece(kept: Any) -> None:
    assert "Anmelden" in kept("said.html", word="eins")
    with speaking("en"):
        assert "Sign in" in kept("said.html", word="eins")


def test_a_piece_escapes_and_sees_only_its_values(kept: Any) -> None:
    assert "&lt;b&gt;" in kept("said.html", word="<b>")
    with pytest.raises(UndefinedError):
        kept("leaky.html")


def test_what_is_for_one_page_alone_is_refused(kept: Any) -> None:
    with pytest.raises(RuntimeError, match="kept"):
        kept("once.html")


def test_every_page_puts_its_own_form_token_in(app: Flask) -> None:
    tokens = iter(["first", "second"])
    own = pieces.Pieces(app, lambda: next(tokens))
    app.jinja_env.globals["csrf_token"] = own.form_token
    app.jinja_env.loader = DictLoader({"form.html": "<form>{{ csrf_token() }}</form>"})
    with app.test_request_context("/"):
        assert own.kept("form.html") == "<form>first</form>"
        assert own.kept("form.html") == "<form>second</form>"


def test_pieces_take_no_more_memory_than_they_may(app: Flask) -> None:
    own = pieces.Pieces(app, lambda: "", most_bytes=10 * pieces.ENTRY_BYTES)
    app.jinja_env.loader = DictLoader({"said.html": "{{ word }}"})
    with app.test_request_context("/"):
        for number in range(40):
            own.kept("said.html", word=number)
    assert own.bytes <= 10 * pieces.ENTRY_BYTES


def test_members_get_their_own_tokens_in_the_same_posts(client_as: Any) -> None:
    topic = cast.make_topic()
    cast.make_post(topic, author="Anna")
    url = f"/topics/{topic.id}-wie-starte-ich-den-router-neu"
    tom, uwe = (set(TOKEN.findall(client_as(name).get(url).text)) for name in ("Tom", "Uwe"))
    assert len(tom) == len(uwe) == 1
    assert tom != uwe
