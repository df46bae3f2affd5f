"""A forum in production mode is can open the forum until its imprint is complete."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.administration.views.closed import OPEN
from app.config import Config
from app.core.db import transaction
from app.core.hashing import hash_password
from app.core.settings import change_settings
from tests import cast
from tests.imprint import fill_in_imprint

CLOSED = 503
HTTPS = {"base_url": "https://localhost"}
PAGES = ("/", "/boards", "/topics", "/search?q=router", "/members", "/account/register", "/nowhere",
         "/knowledge", "/account/settings")  # fmt: skip
STAY_OPEN = ("/imprint", "/contact", "/privacy", "/accessibility", "/account/login",
             "/account/forgot", "/healthz", "/look/icon-236-95.svg", "/static/manifest.json")  # fmt: skip


def statuses(browser: Any, urls: tuple[str, ...]) -> dict[str, int]:
    return {url: browser.get(url, **HTTPS).status_code for url in urls}


@pytest.mark.usefixtures("production")
class TestInProduction:
    """The class only shares the mark."""

    @pytest.mark.parametrize("who", ["guest", "Karin", "Uwe", "Bert"])
    def test_visitors_see_one_calm_page(self, app: Flask, client_as: Any, who: str):
        browser = client_as(who, "en")
        found = statuses(browser, PAGES)
        assert {url: s for url, s in found.items() if s not in (CLOSED, 303)} == {}
        assert found["/"] == CLOSED
        answer = browser.get("/", **HTTPS)
        assert "This forum opens soon" in answer.text and 'href="/imprint"' in answer.text
        assert answer.headers["Retry-After"] == "3600"
        assert 'href="/topics/ask"' not in answer.text

    def test_what_is_needed_to_get_in_and_to_know_who_it_is_stays_open(self, client: Any):
        assert statuses(client, STAY_OPEN) == dict.fromkeys(STAY_OPEN, 200)
        assert client.get("/readyz", **HTTPS).json["ready"] in (True, False)

    def test_programs_get_json(self, as_en: Any):
        answer = as_en.get("/api/v1/topics", **HTTPS)
        assert answer.status_code == CLOSED and "not open yet" in answer.json["error"]["message"]
        assert as_en.get("/api/v1/openapi.json", **HTTPS).status_code == CLOSED

    def test_nothing_can_be_sent(self, app: Flask, client_as: Any):
        topic = cast.make_topic()
        karin = client_as("Karin")
        for url, fields in (
            (f"/topics/{topic.id}/posts", {"text": "Hallo"}),
            ("/account/register", {"name": "Neu"}),
            ("/moderation/notice", {}),
        ):
            data = {"csrf_token": karin.form_token(), **fields}
            assert karin.post(url, data=data, **HTTPS).status_code == CLOSED

    @pytest.mark.parametrize("who", ["Anna", "Mo", "Ada"])
    def test_the_team_is_let_in_and_sees_that_it_is_closed(self, client_as: Any, who: str):
        answer = client_as(who, "en").get("/boards", **HTTPS)
        assert answer.status_code == 200
        assert "Only the team can open the forum right now." in answer.text
        assert ("/admin/imprint" in answer.text) == (who == "Ada")

    def test_signing_in_works(self, app: Flask, client: Any):
        ada = cast.account("Ada")
        with transaction():
            ada.password_hash = hash_password(cast.PASSWORD)
        fields = {"email": ada.email, "password": cast.PASSWORD}
        data = {"csrf_token": client.form_token(), **fields}
        assert client.post("/account/login", data=data, **HTTPS).status_code == 303
        assert client.get("/", **HTTPS).status_code == 200

    def test_a_complete_imprint_opens_it_and_an_emptied_one_closes_it(
        self, app: Flask, client: Any
    ):
        assert statuses(client, ("/",)) == {"/": CLOSED}
        fill_in_imprint()
        first = client.get("/", **HTTPS)
        assert first.status_code == 200 and "opens soon" not in first.text
        assert client.get("/", **HTTPS).status_code == 200, "kept now"
        assert len(app.extensions["helferkreis.page_cache"].shelf) > 0, "the premise"
        fill_in_imprint(provider="")
        assert statuses(client, ("/",)) == {"/": CLOSED}
        fill_in_imprint()
        assert statuses(client, ("/",)) == {"/": 200}

    def test_a_browsers_copy_of_an_open_page_is_not_confirmed(self, app: Flask, client: Any):
        fill_in_imprint()
        tag = client.get("/", **HTTPS).headers["ETag"]
        fill_in_imprint(provider="")
        answer = client.get("/", headers={"If-None-Match": tag}, **HTTPS)
        assert answer.status_code == CLOSED

    def test_the_banner_ends_when_it_is_open(self, app: Flask, client_as: Any):
        fill_in_imprint()
        html = client_as("Anna", "en").get("/", **HTTPS).text
        assert "can open the forum" not in html


@pytest.mark.parametrize("who", ["guest", "Karin", "Ada"])
def test_local_mode_is_never_closed(app: Flask, config: Config, client_as: Any, who: str):
    assert not config.is_production
    answer = client_as(who, "en").get("/")
    assert answer.status_code == 200 and "can open the forum" not in answer.text


def test_only_routes_that_exist_are_left_open(app: Flask):
    assert app.view_functions.keys() >= OPEN
    with transaction():
        assert change_settings(changed_by=None, provider="T") == ("provider",)
