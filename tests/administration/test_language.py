"""Which languages the forum offers, which it takes by default, and how it addresses people."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.core.db import transaction
from app.core.mail import Letter
from app.core.mail.letter import compose
from app.core.settings import Settings, change_settings, load_settings
from tests import cast

URL = "/admin/language"
BOTH = {"languages": ["de", "en"], "default_language": "de", "address": "sie"}


def offer(*languages: str, default: str = "") -> None:
    with transaction():
        change_settings(
            changed_by=None, languages=languages, default_language=default or languages[0]
        )


def speaks(client: Any, accepted: str | None = None, url: str = "/boards") -> str:
    headers = {"Accept-Language": accepted} if accepted else {}
    html = client.get(url, headers=headers).text
    return html.split('<html lang="')[1][:2]


def test_the_choice_is_kept(ada: Any):
    fields = {"languages": ["en"], "default_language": "en", "address": "du"}
    assert ada.submit(URL, **fields).status_code == 303
    assert load_settings() == Settings(languages=("en",), default_language="en", address="du")


@pytest.mark.parametrize(
    "fields",
    [
        {"languages": []},
        {"languages": ["fr"]},
        {"languages": ["en"], "default_language": "de"},
        {"default_language": "fr"},
        {"default_language": ""},
        {"address": "ihr"},
        {"address": ""},
    ],
)
def test_what_cannot_be_is_refused(ada: Any, fields: dict[str, Any]):
    assert ada.submit(URL, **{**BOTH, **fields}).status_code == 422
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    "accepted, found", [(None, "de"), ("fr", "de"), ("en", "en"), ("fr, en;q=0.3", "en")]
)
def test_guests_without_a_wish_get_the_default(app: Flask, client: Any, accepted: str, found: str):
    assert speaks(client, accepted) == found


def test_another_default_holds_at_once_also_for_kept_pages(app: Flask, client: Any):
    assert (speaks(client), speaks(client, "fr"), speaks(client, "de")) == ("de", "de", "de")
    offer("de", "en", default="en")
    assert (speaks(client), speaks(client, "fr"), speaks(client, "de")) == ("en", "en", "de")


def test_what_is_not_offered_is_spoken_nowhere(app: Flask, client: Any, client_as: Any):
    assert speaks(client, "en") == "en"
    offer("de")
    assert speaks(client, "en") == "de"
    client.set_cookie("lang", "en")
    assert speaks(client) == "de"
    assert speaks(client_as("Karin", "en")) == "de"
    assert 'name="lang"' not in client.get("/boards").text


def test_only_offered_languages_can_be_chosen(app: Flask, client: Any, client_as: Any):
    offer("de")
    assert client.submit("/account/language", lang="en").status_code == 400
    karin = client_as("Karin")
    assert ">English<" not in karin.get("/account/settings").text
    assert karin.submit("/account/settings", about="", locale="en").status_code == 422


def test_mails_too_speak_what_is_offered(app: Flask):
    values = {"recipient": "Karin", "url": "http://localhost/"}
    letter = Letter("confirm", "k@example.org", "en", values, "m-1")
    assert compose(letter)["Subject"] == "Please confirm your e-mail address"
    offer("de")
    assert compose(letter)["Subject"] != "Please confirm your e-mail address"


@pytest.mark.parametrize("who", ["guest", "Karin", "Anna", "Mo"])
def test_only_administrators_choose(client_as: Any, who: str):
    fields = {**BOTH, "default_language": "en"}
    assert client_as(who).submit(URL, **fields).status_code in (401, 403)
    assert load_settings() == Settings()
    assert cast.actor("Ada").role == "admin"
