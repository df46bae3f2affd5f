"""Imprint and contacts: filled in step by step, checked, and one click away from every page."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.administration.rules import NEEDED, missing_from_imprint
from app.core.events import EventRow
from app.core.mail import Letter
from app.core.mail.letter import compose
from app.core.settings import Settings, load_settings
from tests import cast
from tests.imprint import IMPRINT, fill_in_imprint

URL = "/admin/imprint"
PAGES = ("/imprint", "/contact", "/privacy", "/accessibility")


def test_what_is_filled_in_is_public(ada: Any, as_en: Any):
    more = {"register_entry": "Amtsgericht Kiel, HRB 1", "vat_id": "DE123456789"}
    assert ada.submit(URL, **IMPRINT, **more).status_code == 303
    imprint, contact = as_en.get("/imprint").text, as_en.get("/contact").text
    for part in ("Talfunk GmbH", "24103 Kiel", "HRB 1", "DE123456789", "+49 431 123456"):
        assert part in imprint
    assert 'href="mailto:info@talfunk.example.org"' in imprint
    assert 'href="mailto:hilfe@talfunk.example.org"' in contact
    assert 'href="mailto:behoerden@talfunk.example.org"' in contact
    assert "English, German" in contact
    assert "not complete" not in imprint and "not filled in" not in contact


def test_the_page_says_what_is_missing(ada: Any, as_en: Any):
    html = ada.get(URL).text
    for name in NEEDED.values():
        assert name in html
    assert "not complete yet" in as_en.get("/imprint").text
    ada.submit(URL, **IMPRINT)
    assert "The imprint is complete." in ada.get(URL).text


def test_it_may_be_filled_in_bit_by_bit(ada: Any):
    assert ada.submit(URL, provider="Talfunk GmbH").status_code == 303
    missing = missing_from_imprint(load_settings())
    assert len(missing) == len(NEEDED) - 1 and NEEDED["provider",] not in missing


@pytest.mark.parametrize("left_out", IMPRINT)
def test_each_needed_field_is_needed(left_out: str):
    found = {**IMPRINT, "authority_languages": ("de",)}
    empty = () if left_out == "authority_languages" else ""
    assert missing_from_imprint(Settings(**found)) == ()
    assert len(missing_from_imprint(Settings(**{**found, left_out: empty}))) == 1


def test_a_contact_form_stands_for_telephone_and_address():
    found = {**IMPRINT, "provider_phone": "", "contact_email": ""}
    assert len(missing_from_imprint(Settings(**found))) == 2
    assert (
        missing_from_imprint(Settings(**found, contact_url="https://talfunk.example/hilfe")) == ()
    )


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"provider_email": "info"}, "not a complete e-mail address"),
        ({"contact_email": "a@b@c"}, "not a complete e-mail address"),
        ({"contact_url": "http://talfunk.example"}, "begins with https://"),
        ({"contact_url": "javascript:alert(1)"}, "begins with https://"),
        ({"contact_url": "https://["}, "begins with https://"),
        ({"provider": "x" * 201}, "200 are possible"),
        ({"provider_address": "x" * 601}, "600 are possible"),
        ({"authority_languages": ["xx"]}, "Not saved yet."),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(ada: Any, fields: dict[str, Any], sentence: str):
    answer = ada.submit(URL, **{**IMPRINT, **fields})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert load_settings() == Settings()


@pytest.mark.parametrize("who", ["guest", "Karin", "Uwe", "Anna", "Mo"])
def test_only_administrators_change_it(client_as: Any, who: str):
    assert client_as(who).submit(URL, **IMPRINT).status_code in (401, 403)
    assert load_settings() == Settings()


@pytest.mark.parametrize("who", ["guest", "Karin", "Ada"])
@pytest.mark.parametrize("url", ["/", "/account/login", "/nowhere", "/imprint", "/desk", "/search"])
def test_every_page_leads_to_the_legal_pages(client_as: Any, who: str, url: str):
    html = client_as(who).get(url, follow_redirects=True).text
    assert [page for page in PAGES if f'href="{page}"' not in html] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_mail_leads_there_too(app: Flask, language: str):
    fill_in_imprint()
    values = {"recipient": "Karin", "url": "http://localhost/"}
    mail = compose(Letter("confirm", "k@example.org", language, values, "m-1"))
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "http://localhost/imprint" in text and "http://localhost/privacy" in text
    assert "Talfunk GmbH" in mail.get_body(("html",)).get_content()


def test_hostile_words_are_only_words(app: Flask, client: Any):
    fill_in_imprint(provider="<script>alert(1)</script>", youth_contact='"><img src=x>')
    for url in PAGES:
        html = client.get(url).text
        assert "<script>alert(1)" not in html and '"><img' not in html


def test_s62_who_changed_the_imprint_is_kept(app: Flask, ada: Any):
    ada.submit(URL, **IMPRINT)
    (row,) = app.extensions["sqlalchemy"].session.query(EventRow).filter_by(name="SettingsChanged")
    assert row.payload == {"actor_id": cast.account("Ada").id, "names": [*IMPRINT]} or sorted(
        row.payload["names"]
    ) == sorted(IMPRINT)
