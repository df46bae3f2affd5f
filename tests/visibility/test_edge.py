"""Every route at its edge: S01 policies, T-05/S31 foreign requests and safe GETs, S27 headers."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import Base, db
from app.core.web.headers import CONTENT_SECURITY_POLICY
from app.core.web.policy import policy_of
from tests import cast
from tests.surfer import Surfer
from tests.visibility import routes
from tests.visibility.world import World, build, through_the_eyes_of

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFERRERS = {"same-origin", "strict-origin"}  # never a path to another host; see accounts' links
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
NO_MATTER_OF_DATABASES = pytest.mark.only("sqlite")  # headers, tokens, cookies
NOBODY = 401  # the API sees no cookie, so a browser is nobody there
BIG = 2 * 1024 * 1024


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted(map(tuple, db.session.execute(table.select())), key=repr)
        for table in Base.metadata.sorted_tables
    }


def test_s01_every_route_declares_a_policy(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert [name for name in sorted(endpoints) if policy_of(app, name) is None] == []


@pytest.mark.parametrize(
    "key", ["9" * 19 + ".1", "9223372036854775807.9223372036854775807", "-1.x"]
)
def test_no_page_key_breaks_a_list(app, world, client_as, key):
    browser = client_as("Ada")
    wrong = [
        url
        for url in routes.one_url_each(app, world)
        if browser.get(f"{url}{'&' if '?' in url else '?'}after={key}&start={key}").status_code
        >= 500
    ]
    assert wrong == []


def test_s01_an_app_with_an_undeclared_route_does_not_start(app):
    from app.core.web.policy import check_policies

    app.add_url_rule("/planted", "planted", lambda: "")
    with pytest.raises(RuntimeError, match="planted"):
        check_policies(app)


@NO_MATTER_OF_DATABASES
@pytest.mark.parametrize("name", through_the_eyes_of("guest", "Karin"))
def test_s31_requests_from_elsewhere_change_nothing(app, world, client_as, name):
    browser, urls = client_as(name), routes.unsafe_urls(app, world)
    token = browser.form_token()
    before, wrong = everything(), []
    for method, url in urls:
        for headers in FOREIGN:
            answer = browser.open(url, method=method, headers=headers, data={"csrf_token": token})
            if answer.status_code != (NOBODY if url.startswith("/api/") else 403):
                wrong.append((method, url, headers, answer.status_code))
    assert len(urls) > 10, "the premise: there are unsafe routes"
    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("origin", ["http://[", "http://", "localhost", "x" * 4000])
def test_s31_an_origin_that_is_no_address_is_foreign(client, origin):
    headers = {"Origin": origin}
    data = {"csrf_token": client.form_token(), "lang": "en"}
    answer = client.post("/account/language", data=data, headers=headers)
    assert answer.status_code == 403


@NO_MATTER_OF_DATABASES
@pytest.mark.parametrize("name", through_the_eyes_of("guest", "Karin"))
def test_s31_requests_without_a_good_token_change_nothing(app, world, client_as, name):
    other = client_as("Tom").form_token()
    browser, urls = client_as(name), routes.unsafe_urls(app, world)
    before, wrong = everything(), []
    for method, url in urls:
        for token in ("", "x", other, browser.form_token() + "x"):
            answer = browser.open(url, method=method, data={"csrf_token": token, "text": "kept"})
            if answer.status_code != (NOBODY if url.startswith("/api/") else 400):
                wrong.append((method, url, token, answer.status_code))
    assert wrong == []
    assert everything() == before


@pytest.mark.slow
@NO_MATTER_OF_DATABASES
def test_a_good_token_is_taken_everywhere(app, world, client_as):
    """The premise of the two tests above: it is the token that was missing, nothing else."""
    browser = client_as("Karin")
    for _method, url in routes.unsafe_urls(app, world):
        refused = browser.submit(url)
        assert b"was open for a long time" not in refused.data, url
        if "logout" in url:
            browser = client_as("Karin")


@pytest.mark.slow
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", through_the_eyes_of("Anna", "guest", "Karin"))
def test_t05_reading_changes_nothing(app, world, client_as, name):
    browser, urls = client_as(name), routes.one_url_each(app, world)
    before = everything()
    statuses = {url: browser.get(url).status_code for url in urls}
    assert everything() == before
    assert {url: status for url, status in statuses.items() if status >= 500} == {}


def test_t05_the_comparison_notices_a_write(app):
    before = everything()
    cast.board()
    assert everything() != before


@pytest.mark.slow
@NO_MATTER_OF_DATABASES
def test_s27_every_answer_carries_the_headers(app, world, client_as):
    browser = client_as("guest")
    answers = [browser.get(url) for url in routes.all_urls(app, world)]
    answers += [browser.post(url) for _method, url in routes.unsafe_urls(app, world)]
    answers += _errors(app, browser)
    missing = [
        (answer.request.path, answer.status, name)
        for answer in answers
        for name, value in HEADERS.items()
        if answer.headers.get(name) != value
    ]
    assert missing == []
    assert {answer.headers["Referrer-Policy"] for answer in answers} <= REFERRERS


def _errors(app: Flask, browser: Surfer) -> list[object]:
    def broken(**_arguments: object) -> str:
        raise RuntimeError("planted")

    broken.policy = policy_of(app, "health.healthz")  # type: ignore[attr-defined]
    app.view_functions["health.healthz"] = broken
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    found = {
        404: browser.get("/nowhere"),
        405: browser.put("/topics"),
        400: browser.get("/", headers={"Host": "evil.example"}),
        413: browser.post("/account/login", data={"email": "x" * BIG}),
        500: browser.get("/healthz"),
    }
    assert {status: answer.status_code for status, answer in found.items()} == {s: s for s in found}
    return list(found.values())


@pytest.mark.slow
@NO_MATTER_OF_DATABASES
def test_s31_guests_never_get_a_cookie_by_reading(app, world, client):
    cookies = {
        url: client.get(url).headers.getlist("Set-Cookie") for url in routes.all_urls(app, world)
    }
    assert {url: cookie for url, cookie in cookies.items() if cookie} == {}


@pytest.mark.slow
@NO_MATTER_OF_DATABASES
def test_s27_members_pages_are_never_kept(app, world, client_as):
    browser = client_as("Karin")
    rules = {
        url: browser.get(url).headers.get("Cache-Control")
        for url in routes.all_urls(app, world)
        if not url.startswith(("/static", "/look/brand", "/look/icon"))  # the same for everybody
    }
    assert {url: rule for url, rule in rules.items() if rule != "no-store"} == {}


def test_the_database_is_the_chosen_one(app, databases):
    name = db.session.execute(text("SELECT 1")).connection.dialect.name  # type: ignore[attr-defined]
    assert name == databases.kind
