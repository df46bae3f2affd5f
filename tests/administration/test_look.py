"""Name, colour and logo: previewed, checked, kept, and seen on every page, in mails and by programs."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.administration import actions
from app.config import Config
from app.core.db import transaction
from app.core.errors import Forbidden, Refused
from app.core.events import EventRow
from app.core.mail import Letter
from app.core.mail.letter import compose
from app.core.settings import DEFAULTS, Settings, change_settings, load_settings
from app.core.uploads import FOLDER
from tests import cast

URL = "/admin/look"
CHOSEN = {"name": "Talfunk hilft", "company": "Talfunk", "by": "code", "colour": "#663399"}
LASTING = "public, max-age=31536000, immutable"


def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 90), colour: Any = (20, 20, 60)
) -> Any:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    out.seek(0)
    return out


def save(ada: Any, **fields: Any) -> Any:
    return ada.submit(URL, **{**CHOSEN, **fields})


def logo(data: Any = None, name: str = "logo.png") -> Any:
    return (data or picture(), name)


def test_what_is_chosen_is_on_every_page(ada: Any, as_en: Any):
    assert save(ada).status_code == 303
    assert load_settings() == Settings(
        name="Talfunk hilft", company="Talfunk", brand_hue=303, brand_chroma=0.13
    )
    for url in ("/", "/account/login", "/nowhere", "/boards"):
        html = as_en.get(url).text
        assert re.search(r"<title>.*Talfunk hilft</title>", html)
        assert "/look/brand-303-130.css" in html and "/look/icon-303-130.svg" in html
        assert 'class="hk-logo__name">Talfunk hilft<' in html and "by Talfunk" in html
        assert f'name="theme-color" content="{load_settings().brand.brand}"' in html


def test_with_our_own_colour_no_style_is_asked_for(client: Any):
    assert "/look/brand-" not in client.get("/").text


def test_mails_have_the_name_and_the_colour(ada: Any):
    save(ada)
    values = {"recipient": "Karin", "url": "http://localhost/"}
    letter = Letter("confirm", "k@example.org", "de", values, "m-1")
    mail = compose(letter)
    assert "Talfunk hilft" in mail["From"]
    html = mail.get_body(("html",)).get_content()
    assert load_settings().brand.brand in html and DEFAULTS.brand.brand not in html
    assert "von Talfunk" in html


def test_programs_learn_the_name(ada: Any, client: Any):
    assert client.get("/api/v1/openapi.json").json["info"]["title"] == "Helferkreis"
    save(ada)
    info = client.get("/api/v1/openapi.json").json["info"]
    assert info["title"] == "Talfunk hilft" and "Talfunk" in info["description"]


def test_a_preview_shows_and_keeps_nothing(ada: Any):
    answer = save(ada, preview="1", logo=logo())
    assert answer.status_code == 200
    assert "/look/preview-303-130.css" in answer.text
    assert "data:image/png;base64," in answer.text
    assert load_settings() == DEFAULTS


def test_script_gets_the_preview_alone(ada: Any):
    token = ada.form_token()
    fields = {**CHOSEN, "csrf_token": token, "preview": "1", "colour": "#150"}
    answer = ada.post(URL, data=fields, headers={"HX-Request": "true"})
    assert "<html" not in answer.text and 'data-theme="dark"' in answer.text


def test_a_logo_survives_preview_without_being_sent_again(ada: Any, client: Any):
    shown = save(ada, preview="1", logo=logo()).text
    (kept,) = re.findall(r'name="logo_kept" value="([^"]+)"', shown)
    assert save(ada, logo_kept=kept.replace("&#43;", "+")).status_code == 303
    assert load_settings().logo_width == 267


def test_by_hue_and_strength(ada: Any):
    assert save(ada, by="hue", hue="12", chroma="90", colour="").status_code == 303
    assert (load_settings().brand_hue, load_settings().brand_chroma) == (12, 0.09)


def test_the_value_shown_gives_the_colour_in_force(ada: Any):
    html = ada.get(URL).text
    (shown,) = re.findall(r'name="colour"[^>]*value="([^"]*)"', html)
    assert save(ada, colour=shown).status_code == 303
    assert load_settings().brand_code == DEFAULTS.brand_code


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"name": " "}, "Please give the forum a name."),
        ({"name": "x" * 41}, "40 are possible"),
        ({"company": "x" * 61}, "60 are possible"),
        ({"colour": "blue"}, "A colour value is # with three or six digits"),
        ({"by": "hue", "hue": "361", "chroma": "9"}, "a whole number from 0 to 360"),
        ({"by": "hue", "hue": "9", "chroma": "131"}, "a whole number from 0 to 130"),
        ({"by": "hue", "hue": "-1", "chroma": "1"}, "a whole number from 0 to 360"),
        ({"logo": (io.BytesIO(b"<svg/>"), "logo.png")}, "We cannot read this picture"),
        ({"logo_kept": "PHN2Zy8+"}, "We cannot read this picture"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(ada: Any, fields: dict[str, Any], sentence: str):
    answer = save(ada, **fields)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert load_settings() == DEFAULTS


@pytest.mark.parametrize("size, status", [(512 * 1024, 422), (512 * 1024 + 1, 422), (2**20, 413)])
def test_s37_a_file_that_is_too_large_is_refused(ada: Any, size: int, status: int):
    """Sent by hand: the test client leaves files of this size open."""
    head = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**CHOSEN, "csrf_token": ada.form_token()}.items()
    )
    file = '--x\r\nContent-Disposition: form-data; name="logo"; filename="a.png"\r\n\r\n'
    body = f"{head}{file}".encode() + b"x" * size + b"\r\n--x--\r\n"
    answer = ada.post(URL, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == status
    assert ("larger than 512\u00a0kB" in answer.text) == (size == 512 * 1024 + 1)
    assert load_settings() == DEFAULTS


@pytest.mark.parametrize("hue, word", [("150", "“Solved”"), ("25", "red of warnings")])
def test_a_colour_close_to_a_meaning_is_allowed_and_named(ada: Any, hue: str, word: str):
    answer = save(ada, by="hue", hue=hue, chroma="100", preview="1")
    assert word in answer.text
    assert word not in save(ada, preview="1").text
    assert save(ada, by="hue", hue=hue, chroma="100").status_code == 303


def test_a_colour_on_which_nobody_reads_is_refused(app: Flask):
    """No form lets it through; the action says no for whoever calls it otherwise."""
    ada = cast.actor("Ada")
    with pytest.raises(Refused, match="hard to read"), transaction():
        actions.change_look(ada, Settings(brand_hue=0, brand_chroma=0.4))
    assert load_settings() == DEFAULTS


@pytest.mark.parametrize("who", ["Karin", "Uwe", "Anna", "Mo"])
def test_others_neither_see_nor_change_it(client_as: Any, who: str):
    assert client_as(who).get(URL).status_code == 403
    assert client_as(who).submit(URL, **CHOSEN).status_code == 403
    with pytest.raises(Forbidden), transaction():
        actions.change_look(cast.actor(who), Settings(name="Meins"))
    assert load_settings() == DEFAULTS


def test_s62_who_changed_the_look_is_kept_without_what_it_was(app: Flask, ada: Any):
    save(ada)
    save(ada)
    (row,) = app.extensions["sqlalchemy"].session.query(EventRow).filter_by(name="SettingsChanged")
    assert row.payload["actor_id"] == cast.account("Ada").id
    assert sorted(row.payload["names"]) == ["brand_chroma", "brand_hue", "company", "name"]
    assert "Talfunk" not in str(row.payload)


def test_a_logo_stands_in_every_header(ada: Any, client: Any, config: Config):
    save(ada, logo=logo(picture(size=(1200, 200))))
    settings = load_settings()
    html = client.get("/").text
    assert f'src="/look/logo-{settings.logo}" width="192" height="32" alt="Talfunk"' in html
    answer = client.get(f"/look/logo-{settings.logo}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == LASTING
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(answer.data)).size == (384, 64)


def test_a_dark_logo_gets_a_plate_and_a_light_one_does_not(ada: Any, client: Any):
    save(ada, logo=logo(picture(colour=(10, 10, 30))))
    assert "hk-logo__image--plate" in client.get("/").text
    save(ada, logo=logo(picture(colour=(200, 120, 90))))
    assert "hk-logo__image--plate" not in client.get("/").text


def test_a_pale_logo_is_spoken_of(ada: Any):
    pale = save(ada, preview="1", logo=logo(picture(colour=(250, 250, 250)))).text
    assert "hardly seen on white" in pale


def test_a_new_logo_takes_the_place_of_the_old_file(ada: Any, client: Any, config: Config):
    save(ada, logo=logo())
    first = load_settings().logo
    save(ada, logo=logo(picture(colour=(200, 30, 30))))
    second = load_settings().logo
    assert [file.name for file in (config.instance / FOLDER).iterdir()] == [second]
    assert client.get(f"/look/logo-{first}").status_code == 404


def test_a_logo_can_be_taken_away(ada: Any, client: Any, config: Config):
    save(ada, logo=logo())
    name = load_settings().logo
    save(ada, without_logo="y")
    assert load_settings().logo == "" and "hk-logo__mark" in client.get("/").text
    assert client.get(f"/look/logo-{name}").status_code == 404
    assert list((config.instance / FOLDER).iterdir()) == []


def test_a_refused_change_leaves_no_file(ada: Any, config: Config):
    save(ada, name="", logo=logo())
    assert not (config.instance / FOLDER).exists()


def test_s39_the_name_of_a_file_decides_nothing(ada: Any, client: Any, config: Config):
    save(ada, logo=logo(picture("JPEG"), "../../logo.html"))
    (file,) = (config.instance / FOLDER).iterdir()
    assert re.fullmatch(r"[\w-]{22}\.png", file.name)
    assert client.get(f"/look/logo-{file.name}").mimetype == "image/png"


def test_a_lost_file_is_a_page_that_does_not_exist(ada: Any, client: Any, config: Config):
    save(ada, logo=logo())
    (file,) = (config.instance / FOLDER).iterdir()
    file.unlink()
    assert client.get(f"/look/logo-{file.name}").status_code == 404


@pytest.mark.parametrize(
    "url, mimetype, part",
    [
        ("/look/brand-303-130.css", "text/css", ":root{--hk-brand-hue:303;--hk-brand-chroma:0.13}"),
        ("/look/preview-0-0.css", "text/css", ".hk-brand-preview{--hk-brand-hue:0;"),
        ("/look/icon-236-95.svg", "image/svg+xml", 'fill="#00557b"'),
    ],
)
def test_colours_are_kept_for_a_year(client_as: Any, url: str, mimetype: str, part: str):
    for who in ("guest", "Karin"):
        answer = client_as(who).get(url)
        assert (answer.status_code, answer.mimetype) == (200, mimetype)
        assert part in answer.text
        assert answer.headers["Cache-Control"] == LASTING
        assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "url",
    ["/look/brand-361-95.css", "/look/brand-1-131.css", "/look/brand--1-9.css", "/look/x-1-1.css",
     "/look/icon-999-1.svg", "/look/logo-", "/look/logo-..%2fsecret_key", "/look/logo-x.png"],
)  # fmt: skip
def test_no_other_address_gives_anything(client: Any, url: str):
    assert client.get(url).status_code == 404


def test_what_others_get_costs_no_query(client_as: Any, count_queries: Any, app: Flask):
    browser = client_as("Karin")
    load_settings()
    with count_queries() as queries:
        browser.get("/look/brand-303-130.css")
        browser.get("/look/icon-303-130.svg")
    assert queries == []


def test_a_hostile_name_is_only_a_name(app: Flask, client: Any):
    with transaction():
        change_settings(changed_by=None, name="<script>alert(1)</script>", company='"><b>')
    html = client.get("/").text
    assert "<script>alert(1)" not in html and '"><b>' not in html
