"""How German calls people, "Sie" or "du": one choice for the whole forum, in force at once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_babel import format_date
from flask_babel import gettext as _
from jinja2 import DictLoader

from app import create_app
from app.config import Config
from app.core import clock
from app.core.db import transaction
from app.core.locale import current_catalogue, current_language, speaking
from app.core.mail.letter import Letter, compose
from app.core.settings import change_settings
from app.pages import when

SENTENCE = "Please sign in to take part."


def say(address: str) -> None:
    with transaction():
        change_settings(changed_by=None, address=address)


def register_page(app: Flask) -> str:
    return app.test_client().get("/account/register", headers={"Accept-Language": "de"}).text


def test_a_change_shows_at_once_in_every_process(app: Flask, config: Config):
    other = create_app(config)
    assert "Mit einem Konto können Sie fragen" in register_page(app)
    assert "Mit einem Konto können Sie fragen" in register_page(other)
    say("du")
    assert "Mit einem Konto kannst du fragen" in register_page(app)
    assert "Mit einem Konto kannst du fragen" in register_page(other)


def test_a_kept_page_of_guests_changes_too(app: Flask, as_de: Any):
    assert "fragen Sie jemanden" in as_de.get("/").text
    say("du")
    assert "frag jemanden" in as_de.get("/").text
    say("sie")
    assert "fragen Sie jemanden" in as_de.get("/").text


@pytest.mark.parametrize(
    ("address", "language", "heard"),
    [
        ("sie", "de", "Bitte melden Sie sich an, um mitzumachen."),
        ("du", "de", "Bitte melde dich an, um mitzumachen."),
        ("du", "en", "Please sign in to take part."),
    ],
)
def test_only_german_changes(app: Flask, address: str, language: str, heard: str):
    say(address)
    with app.test_request_context("/", headers={"Accept-Language": language}):
        assert _(SENTENCE) == heard
        assert current_language() == language


def test_what_has_no_address_is_said_as_before(app: Flask):
    say("du")
    with app.test_request_context("/"):
        assert current_catalogue() == "de@du"
        assert _("Sign in") == "Anmelden"


def test_dates_stay_german_and_english(app: Flask):
    say("du")
    day = clock.now().replace(2026, 5, 3)
    with app.test_request_context("/"):
        assert format_date(day, "long") == "3. Mai 2026"
        with speaking("en"):
            assert format_date(day, "long") == "3 May 2026"
            assert 'lang="en-GB"' in when(day)  # or script would write "on May 3"


def test_pieces_of_pages_are_kept_for_each_form_of_address(app: Flask):
    loader = app.jinja_env.loader
    app.jinja_env.loader = DictLoader({"piece.html": "{{ _('Waiting for you') }}"})
    kept = app.jinja_env.globals["kept"]
    for address, heard in (("sie", "Wartet auf Sie"), ("du", "Wartet auf dich")) * 2:
        say(address)
        with app.app_context(), app.test_request_context("/"):
            assert kept("piece.html") == heard
    app.jinja_env.loader = loader


def test_pages_keep_german_as_their_language(app: Flask, as_de: Any):
    say("du")
    assert '<html lang="de"' in as_de.get("/").text


def test_a_mail_says_du_too(app: Flask):
    say("du")
    values = {"recipient": "Karin", "actor_name": "Olga", "topic_title": "Router", "excerpt": "Ja."}
    mail = compose(Letter("answer", "karin@example.org", "de", values, "answer-1-1"))
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert "weil du dem Thema folgst" in body.get_content()


def test_the_setting_costs_no_query(app: Flask, count_queries: Any):
    say("du")
    for _look in range(2):
        with app.app_context(), app.test_request_context("/"), count_queries() as queries:
            assert _(SENTENCE) == "Bitte melde dich an, um mitzumachen."
    assert queries == []


def test_a_command_speaks_without_asking_for_the_setting(app: Flask, count_queries: Any):
    """Rendering a text needs no database, and nobody is addressed."""
    say("du")
    with count_queries() as queries:
        assert _(SENTENCE) == "Bitte melden Sie sich an, um mitzumachen."
    assert queries == []
