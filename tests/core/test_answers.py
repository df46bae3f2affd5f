"""How answers leave: assets with a long life, text compressed where nobody can measure it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.cache.pages import takes_gzip
from app.core.web.headers import SECURITY_HEADERS
from tests import cast

pytestmark = pytest.mark.only("sqlite")

ZIPPED = {"Accept-Encoding": "gzip, br"}
OWN = {**ZIPPED, "Sec-Fetch-Site": "same-origin"}


def assets(app: Flask) -> dict[str, str]:
    names: dict[str, str] = json.loads(
        (Path(app.static_folder or "") / "manifest.json").read_text("utf-8")
    )
    return names


def test_assets_with_a_hash_live_for_a_year_and_come_compressed(app: Flask, client: Any) -> None:
    for name, built in assets(app).items():
        answer = client.get(f"/static/{built}", headers=ZIPPED)
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
        assert {n: answer.headers.get(n) for n in SECURITY_HEADERS} == SECURITY_HEADERS
        if not name.endswith(".woff2"):
            assert answer.headers["Content-Encoding"] == "br"
            assert "Accept-Encoding" in answer.headers["Vary"]
            plain = client.get(f"/static/{built}")
            assert len(answer.data) < len(plain.data) / 2 or len(plain.data) < 500
    short = client.get("/static/manifest.json")
    assert short.headers["Cache-Control"] == "max-age=300, public"


def test_an_asset_that_is_not_there_is_a_page_that_says_so(client: Any) -> None:
    for path in ("/static/none.css", "/static/../wsgi.py", "/static/", "/static/%2e%2e/wsgi.py"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Content-Security-Policy" in answer.headers


def test_pages_name_their_assets_by_hash(app: Flask, client: Any) -> None:
    page = client.get("/").text
    assert f"/static/{assets(app)['app.css']}" in page


def test_an_own_page_is_compressed_and_one_that_a_stranger_opened_is_not(
    client_as: Any, client: Any
) -> None:
    cast.make_topic()
    member = client_as("Karin")
    own = member.get("/topics", headers=OWN)
    assert own.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(own.data).startswith(b"<!doctype html>")
    assert own.headers["Content-Length"] == str(len(own.data))
    for site in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}):
        opened = member.get("/topics", headers={**ZIPPED, **site})
        assert "Content-Encoding" not in opened.headers
    guest = client.get("/account/login", headers=ZIPPED)
    assert guest.headers["Content-Encoding"] == "gzip"


def test_every_text_says_that_it_depends_on_what_the_browser_takes(client: Any) -> None:
    for path in ("/account/login", "/topics", "/nowhere", "/netiquette.json"):
        assert "Accept-Encoding" in client.get(path).headers["Vary"]


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("", False),
        ("identity", False),
        ("br", False),
        ("GZIP", True),
    ],
)
def test_gzip_is_sent_to_whom_takes_it(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken
