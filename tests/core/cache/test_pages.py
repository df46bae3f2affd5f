"""Kept pages: who gets one, what tells them apart, and that no request leaves a trace (T-10, S56)."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from flask import Flask, request

from app.accounts.policies import everyone
from app.accounts.session import cookie_name
from app.core.cache import cached, middleware
from app.core.cache.middleware import PageCache
from app.core.cache.pages import Page, Shelf
from app.core.db import db
from app.core.web.policy import policy
from app.forum.models import Topic
from tests import cast

pytestmark = pytest.mark.only("sqlite")  # keys and headers; changes are tested on both

HOSTILE: list[dict[str, str]] = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Scheme": "https"},
    {"X-Forwarded-Port": "1"},
    {"X-Forwarded-Prefix": "/evil"},
    {"X-Forwarded-For": "6.6.6.6"},
    {"Forwarded": "host=evil.example"},
    {"X-Host": "evil.example"},
    {"X-Original-URL": "/account/login"},
    {"X-Rewrite-URL": "/account/login"},
    {"X-Script-Name": "/evil"},
    {"X-HTTP-Method-Override": "POST"},
    {"X-Method-Override": "DELETE"},
    {"X-Requested-With": "XMLHttpRequest"},
    {"HX-Request": "true"},
    {"HX-Boosted": "true", "HX-Target": "content"},
    {"Accept": "application/json"},
    {"Accept": "text/x-evil"},
    {"Accept-Encoding": "br"},
    {"Accept-Encoding": "gzip;q=0, identity"},
    {"Accept-Encoding": "gzip"},
    {"Accept-Charset": "utf-7"},
    {"Accept-Language": "xx-evil, de;q=0.1"},
    {"Content-Type": "application/x-www-form-urlencoded"},
    {"Range": "bytes=0-10"},
    {"If-Range": "x", "Range": "bytes=5-"},
    {"If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"' + "x" * 5_000},
    {"If-Match": '"never"'},
    {"Cookie": "lang=de; tracker=1; theme=dark"},
    {"Cookie": "lang=xx"},
    {"Cookie": "device=" + "x" * 3_000},
    {"Origin": "https://evil.example"},
    {"Referer": "https://evil.example/"},
    {"User-Agent": "<script>alert(1)</script>"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Cache-Control": "no-cache", "Pragma": "x-get-cache-key"},
    {"Upgrade-Insecure-Requests": "1", "Via": "1.1 evil"},
    {"Connection": "close, X-Foo", "X-Foo": "evil"},
    {"Authorization": "Basic ZXZpbDpldmls"},
    {"Transfer-Encoding": "identity", "Expect": ""},
]
QUERIES = ("?evil=1", "?utm_source=%3Cscript%3E", "?filter=new&filter=%22evil", "?done=nonsense")


@pytest.fixture
def topic(app: Flask) -> Topic:
    topic = cast.make_topic(tags=("wlan",), text="Die erste Frage.")
    cast.accept(cast.make_post(topic, text="Ein Geheimnis der Technik."))
    return topic


@pytest.fixture
def urls(topic: Topic) -> list[str]:
    own = f"/topics/{topic.id}-wie-starte-ich-den-router-neu"
    lists = ["/", "/topics", "/boards", "/boards/internet", "/tags", "/tags/wlan"]
    return [own, *lists, "/members", "/members/Karin", "/knowledge", "/superusers"]


def cache_of(app: Flask) -> PageCache:
    cache: PageCache = app.extensions["helferkreis.page_cache"]
    return cache


def empty(app: Flask) -> None:
    cache_of(app).shelf = Shelf(10_000_000)


def traces(app: Flask, client: Any, url: str, clean: bytes) -> list[object]:
    """The hostile requests after which a plain visitor of `url` gets anything but the fresh page."""
    found: list[object] = []
    for headers in HOSTILE:
        empty(app)
        for method in ("GET", "HEAD"):
            client.open(url, method=method, headers=headers, data="text=evil")
        if client.get(url).data != clean:
            found.append(headers)
    for query in QUERIES:
        empty(app)
        client.get(url + query)
        if client.get(url).data != clean:
            found.append(query)
    return found


@pytest.mark.slow
def test_t10_no_request_leaves_a_trace_in_a_kept_page(
    app: Flask, urls: list[str], time_machine: Any
) -> None:
    assert len(HOSTILE) >= 40
    client = app.test_client(use_cookies=False)  # else the client writes that header itself
    time_machine.move_to("2027-03-01T10:30:00Z", tick=False)  # the form token is dated by the hour
    for url in urls[:6]:
        empty(app)
        clean = client.get(url).data
        assert traces(app, client, url, clean) == []


def test_t10_the_comparison_notices_a_header_outside_of_the_key(
    app: Flask, as_de: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    @app.get("/planted")
    @policy(everyone)
    @cached("lists")
    def planted() -> str:
        return f"<p>{request.headers.get('X-Forwarded-Host', 'nobody')}</p>"

    clean = as_de.get("/planted").data
    assert traces(app, as_de, "/planted", clean) == []
    kept = middleware._KEPT_HEADERS | {"HTTP_X_FORWARDED_HOST"}
    monkeypatch.setattr(middleware, "_KEPT_HEADERS", kept)
    assert traces(app, as_de, "/planted", clean) == [{"X-Forwarded-Host": "evil.example"}]


def test_a_kept_page_asks_the_database_nothing(client: Any, urls: list[str], count_queries: Any):
    for url in urls:
        assert client.get(url).status_code == 200, url
    with count_queries() as queries:
        again = [client.get(url) for url in urls]
        known = [
            client.get(a.request.path, headers={"If-None-Match": a.headers["ETag"]}) for a in again
        ]
    assert queries == []
    assert {page.status_code for page in again} == {200}
    assert {page.status_code for page in known} == {304}
    assert {page.data for page in known} == {b""}
    for page in known:
        assert page.headers["Cache-Control"] == "private, no-cache"
        assert "Content-Security-Policy" in page.headers


def test_head_says_what_get_says(client: Any, urls: list[str]) -> None:
    for url in urls[:3]:
        head, get = client.head(url), client.get(url)
        assert head.data == b""
        assert {**head.headers} == {**get.headers}


def test_the_compressed_page_is_the_same_page_under_a_tag_of_its_own(client: Any, urls: list[str]):
    plain, zipped = client.get(urls[0]), client.get(urls[0], headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    tags = {"If-None-Match": zipped.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(urls[0], headers=tags).status_code == 304
    assert client.get(urls[0], headers={"If-None-Match": tags["If-None-Match"]}).status_code == 200


def test_s56_who_sends_a_session_cookie_never_gets_a_kept_page(
    app: Flask, client: Any, client_as: Any, urls: list[str], count_queries: Any
) -> None:
    for url in urls:
        client.get(url)
    member = client_as("Karin")
    stale = app.test_client()
    stale.set_cookie(cookie_name(), "nobody-knows-this")
    kept = len(cache_of(app).shelf)
    for url in urls:
        for browser in (member, stale):
            with count_queries() as queries:
                page = browser.get(url)
            assert page.headers["Cache-Control"] == "no-store"
            assert "ETag" not in page.headers
            assert queries
    assert len(cache_of(app).shelf) == kept
    assert b"Karin" not in client.get("/topics").data.replace(b"<span>Karin</span>", b"")


def test_languages_are_kept_apart(app: Flask, as_de: Any, as_en: Any, urls: list[str]) -> None:
    sender = app.test_client(use_cookies=False)  # else the client writes the header itself
    for _round in range(2):
        assert b'<html lang="de"' in as_de.get("/topics").data
        assert b'<html lang="en"' in as_en.get("/topics").data
        chosen = sender.get("/topics", headers={"Cookie": "lang=en; tracker=1"})
        assert b'<html lang="en"' in chosen.data
    assert len(cache_of(app).shelf) == 2


def test_only_good_pages_are_kept(app: Flask, client: Any, urls: list[str]) -> None:
    for url in (
        "/topics/99",
        "/boards/keines",
        "/members/niemand",
        urls[0] + "-x",
        "/account/login",
    ):
        assert client.get(url).status_code in (200, 301, 404)
    app.view_functions["forum.tags"].cached  # type: ignore[attr-defined]  # noqa: B018
    assert len(cache_of(app).shelf) == 0
    client.get("/?done=signed_out")
    assert len(cache_of(app).shelf) == 0
    assert "Sie sind abgemeldet" not in client.get("/").text


def test_a_failure_is_not_kept(app: Flask, client: Any) -> None:
    view = app.view_functions["forum.boards"]

    def broken() -> str:
        raise RuntimeError("planted")

    broken.policy, broken.cached = view.policy, view.cached  # type: ignore[attr-defined]
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    app.view_functions["forum.boards"] = broken
    assert client.get("/boards").status_code == 500
    app.view_functions["forum.boards"] = view
    assert client.get("/boards").status_code == 200


def test_a_page_with_a_key_for_one_visitor_is_not_kept(app: Flask, client: Any) -> None:
    from app.core.web.idempotency import new_key

    @app.get("/planted")
    @policy(everyone)
    @cached("lists")
    def planted() -> str:
        return new_key()

    assert client.get("/planted").data != client.get("/planted").data
    assert len(cache_of(app).shelf) == 0


def test_all_guests_of_an_hour_get_the_same_page_and_its_token_is_good_for_eleven(
    app: Flask, client: Any, topic: Topic, time_machine: Any
) -> None:
    time_machine.move_to("2027-03-01T10:00:01Z", tick=False)
    first = client.get("/topics")
    empty(app)
    time_machine.move_to("2027-03-01T10:59:59Z", tick=False)
    assert client.get("/topics").data == first.data
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', first.text)
    for moment, status in (("21:59:00", 303), ("22:00:02", 400)):
        time_machine.move_to(f"2027-03-01T{moment}Z", tick=False)
        sent = client.post("/account/language", data={"csrf_token": token, "lang": "en"})
        assert sent.status_code == status, moment


def test_addresses_of_one_page_share_one_entry(app: Flask, client: Any, topic: Topic) -> None:
    for url in (
        "/boards/internet?filter=new&after=17.4",
        "/boards/internet?after=17.4&filter=new",
        "/boards/internet?after=17.4&filter=new&utm_source=mail&x=1",
        "/boards/internet?filter=new&after=17.4&filter=solved",
        "/boards/%69nternet?filter=%6eew&after=17.4",
    ):
        assert client.get(url).status_code == 200
    assert len(cache_of(app).shelf) == 1
    assert client.get("/boards/internet?filter=solved").status_code == 200
    assert len(cache_of(app).shelf) == 2


def test_the_shelf_forgets_the_page_not_asked_for_longest() -> None:
    page = Page(b"x" * 1_000, [])
    shelf = Shelf(3 * page.size)
    for key in "abc":
        shelf.put(key, page, (1,))
    assert shelf.get("a", (1,)) is page
    shelf.put("d", page, (1,))
    assert [key for key in "abcd" if shelf.get(key, (1,))] == ["a", "c", "d"]
    assert shelf.get("a", (2,)) is None
    for number in range(1_000):
        shelf.put(number, Page(b"y" * number, []), (1,))
        assert shelf.bytes <= 3 * page.size
    shelf.put("big", Page(b"z" * 10_000, []), (1,))
    assert shelf.get("big", (1,)) is None


def test_without_memory_for_it_nothing_is_kept(environment: dict[str, str]) -> None:
    from app import create_app
    from app.config import load

    app = create_app(load({**environment, "PAGE_CACHE_MIB": "0"}))
    assert "helferkreis.page_cache" not in app.extensions
    with app.app_context():
        db.engine.dispose()
