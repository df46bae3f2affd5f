"""In production administrators are led to the guide while something necessary is open."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.config import Config
from app.core.db import transaction
from app.moderation.actions import ensure_rulebook
from app.server import _to_set_up
from tests import cast
from tests.imprint import fill_in_imprint

HTTPS = {"base_url": "https://localhost"}
WORDS = "The forum is not set up completely."


@pytest.mark.usefixtures("production")
class TestInProduction:
    """The class only shares the mark."""

    def test_a_banner_leads_there_and_traps_nobody(self, app: Flask, client_as: Any):
        fill_in_imprint()
        with transaction():
            ensure_rulebook()
        ada = client_as("Ada", "en")
        page = ada.get("/", **HTTPS)
        assert page.status_code == 200
        assert WORDS in page.text and 'href="/admin"' in page.text
        assert WORDS not in ada.get("/admin", **HTTPS).text
        assert WORDS not in client_as("Anna", "en").get("/", **HTTPS).text

    def test_who_is_invited_gets_in_before_the_forum_opens(self, app: Flask, client: Any):
        with transaction():
            ensure_rulebook()
        assert client.get("/", **HTTPS).status_code == 503
        assert client.get("/netiquette", **HTTPS).status_code == 200
        assert client.get("/account/invitation/x", **HTTPS).status_code == 410

    def test_the_server_says_where_it_goes_on(self, app: Flask, config: Config):
        assert "create-account NAME EMAIL --role admin" in _to_set_up(config)
        cast.account("Ada")
        assert _to_set_up(config).endswith("https://localhost/admin")


def test_at_home_nobody_is_led_anywhere(app: Flask, client_as: Any, config: Config):
    assert WORDS not in client_as("Ada", "en").get("/").text
    assert _to_set_up(config) == ""


def test_who_makes_an_administrator_reads_where_it_goes_on(app: Flask):
    made = app.test_cli_runner().invoke(
        args=["create-account", "Ada", "ada@example.org", "--role", "admin"]
    )
    assert made.exit_code == 0
    assert "http://localhost/admin" in made.stderr
