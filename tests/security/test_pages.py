"""Every page, asked for oddly: injected parameters, foreign origins, forced failures; and what it shows.

S18, S27, S29, S32, S34, S55, T-18. A new route needs a line in tests/visibility/routes.py only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import structlog
from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.models import Account, Invitation, SignedInSession
from app.core.db import db
from app.core.web.policy import policy_of
from app.moderation.models import Notice
from tests import cast
from tests.data_sets import json_lines
from tests.security.conftest import MAIL_PASSWORD, SECRET_KEY
from tests.security.sending import SAFE, by_token, form_rules, method_of, targets
from tests.surfer import Surfer
from tests.visibility import routes
from tests.visibility.test_edge import HEADERS

pytestmark = pytest.mark.slow

CONTENT_TYPES = {
    "application/atom+xml; charset=utf-8",
    "application/json",
    "application/xml; charset=utf-8",
    "image/svg+xml; charset=utf-8",  # the icon and the colours: two numbers of the address
    "text/css; charset=utf-8",
    "text/csv; charset=utf-8",  # saved as a file; core/sheet.py disarms formulas
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "text/xml; charset=utf-8",
}
#: Every name that any view reads from an address; "after" and "start" are keys of pages.
PARAMETERS = ("after", "board", "done", "field", "filter", "for", "from", "kind", "newest", "of",
              "post", "q", "start", "title", "version")  # fmt: skip
#: Pairs that a database would tell apart, were they ever part of a query's text.
TRUE_AND_FALSE = (
    ("1 AND 1=1", "1 AND 1=2"),
    ("new' AND '1'='1", "new' AND '1'='2"),
    ('new" OR "a"="a', 'new" OR "a"="b'),
    ("new') OR ('1'='1", "new') OR ('1'='2"),
    ("1;SELECT 1--", "1;SELECT 2--"),
)
ODD = (
    "'", '"', "\\", "%", "%%", "_", "%s", "%(id)s", "{0}", "${7*7}", "{{7*7}}", "1e309", "-1", "0",
    "9" * 400, "NaN", "null", "[]", "\x00", "\ufeff", "\u202e", "''; DROP TABLE account;--",
    "1 UNION SELECT password_hash FROM account", "(SELECT pg_sleep(1))", "title:*", "a AND", "NOT",
    "(((((", "[a TO", "a~9999999", "a^1e9", '"a" "', "*", "**", "a*" * 50, "board:", "tag:''",
)  # fmt: skip
SHARE = 8  # of the odd values for each page; together they see all of them twice
SENTINEL = "sentinel-of-an-error"
FOREIGN_ORIGIN = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
MASKED = re.compile(r'value="[^"]*"|name="csrf-token" content="[^"]*"|\?(?:&#\d+;|[^"#])*(?=["#])')


@pytest.fixture(scope="module")
def lists(app: Flask, world) -> list[str]:
    """Pages whose address takes words."""
    takes = ("forum.", "accounts.members", "accounts.document", "casework.queue", "desk.inbox",
             "knowledge.articles", "moderation.rulebook", "superusers.points")  # fmt: skip
    urls = {url.split("?")[0] for url in routes.one_url_each(app, world)}
    match = app.url_map.bind("localhost").match
    return sorted(
        url for url in urls if not re.search(r"/[0-9]", url) and match(url)[0].startswith(takes)
    )


def test_s18_no_parameter_reaches_a_query_as_text(lists, browsers, kept):
    """Odd values are answered; a true and a false condition look the same."""
    before, wrong = kept.contents(), []
    browser = browsers["Anna"]
    payloads = [line["payload"] for line in json_lines("sec_web_inputs", "web_inputs.jsonl")]
    values = [*ODD, *payloads[::8]]
    for number, url in enumerate(lists):
        for value in values[number % SHARE :: SHARE]:
            answer = browser.get(url, query_string=dict.fromkeys(PARAMETERS, value))
            if answer.status_code >= 500:
                wrong.append((url, value, answer.status_code))
        for yes, no in TRUE_AND_FALSE[number % 5 :: 5]:
            both = [_body(browser, url, value) for value in (yes, no)]
            if both[0] != both[1]:
                wrong.append((url, yes, "answers another than its opposite"))
    assert wrong == []
    assert len(lists) > 12
    assert kept.contents() == before


def _body(browser: Surfer, url: str, value: str) -> str:
    answer = browser.get(url, query_string=dict.fromkeys(PARAMETERS, value))
    escaped = (value, value.replace("'", "&#39;").replace('"', "&#34;"))
    text = MASKED.sub("", answer.get_data(as_text=True))
    return functools.reduce(lambda page, words: page.replace(words, "…"), escaped, text)


@pytest.fixture(scope="module")
def walk(app: Flask, world, browsers) -> Callable[[str], dict[str, TestResponse]]:
    """The answer of every address to this person, with a foreign page as the one that asks."""

    @functools.cache
    def walked(name: str) -> dict[str, TestResponse]:
        urls = routes.one_url_each(app, world)
        return {url: browsers[name].get(url, headers=FOREIGN_ORIGIN) for url in urls}

    return walked


@pytest.mark.parametrize("name", ["guest", "Ada"])
def test_s34_every_answer_says_what_it_is(walk, name):
    found = {
        url: answer.content_type
        for url, answer in walk(name).items()
        if not url.startswith("/static") and answer.content_type not in CONTENT_TYPES
    }
    assert found == {}, "a new kind of answer: is it safe to open? Then add it to CONTENT_TYPES"
    assert {answer.headers["X-Content-Type-Options"] for answer in walk(name).values()} == {
        "nosniff"
    }


def test_s26_https_is_kept_for_a_year(browsers):
    secure = browsers["guest"].get("/netiquette", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in browsers["guest"].get("/netiquette").headers


@pytest.mark.parametrize("name", ["guest", "Ada"])
def test_s29_no_other_origin_may_read(app, walk, browsers, name):
    answers = list(walk(name).values())
    answers += [browsers[name].options(url, headers=FOREIGN_ORIGIN) for url in ("/", "/search")]
    shared = [
        (answer.request.path, header)
        for answer in answers
        for header, _value in answer.headers
        if header.startswith("Access-Control-")
    ]
    assert shared == []


@pytest.fixture(scope="module")
def secrets(app: Flask, world, browsers) -> dict[str, tuple[str, ...]]:
    """What no answer may hold, and who may see it all the same."""
    found: dict[str, tuple[str, ...]] = {SECRET_KEY: (), MAIL_PASSWORD: ()}
    for person in db.session.scalars(select(Account)):
        #: An administrator tells the members of the team apart by their addresses.
        found[person.email] = (person.name, *(("Ada",) if cast.actor(person.name).is_staff else ()))
        if person.password_hash:
            found[person.password_hash] = ()
    for digest in db.session.scalars(select(SignedInSession.secret_hash)):
        found[digest] = ()
    for notice in db.session.scalars(select(Notice)):
        found[notice.email] = ("Anna", "Ada")
        found[notice.token_hash] = ()
    links = select(Invitation.secret_hash).where(Invitation.secret_hash.is_not(None))
    found.update(dict.fromkeys(db.session.scalars(links), ()))
    for browser in browsers.values():
        cookie = browser.environ_base.get("HTTP_COOKIE", "")
        found[cookie.partition("=")[2] or SECRET_KEY] = ()
    return found


@pytest.mark.parametrize("name", ["guest", "Karin", "Sina", "Anna", "Ada"])
def test_t18_no_answer_holds_a_secret_or_an_address(walk, secrets, name):
    assert len(secrets) > 20, "the premise: there is something to keep"
    shown = [
        (url, secret)
        for url, answer in walk(name).items()
        for secret, readers in secrets.items()
        if name not in readers and secret in f"{answer.headers}\n{answer.get_data(as_text=True)}"
    ]
    assert shown == []


def test_t18_the_search_for_secrets_finds_what_is_shown(walk, secrets):
    """The control: staff do see the address of whoever gave a notice."""
    pages = "".join(answer.get_data(as_text=True) for answer in walk("Anna").values())
    assert [s for s, readers in secrets.items() if "Anna" in readers and s in pages]


def test_t18_logs_and_refusals_name_nobody(app, world, secrets, browsers, put_back, capfd):
    """What is written while everything above is asked for, and what forms refuse."""
    for rule, url in _first_targets(app, world):
        browsers["Karin"].open(url, method=method_of(rule), data={"email": "x@y.de"})
    browsers["guest"].submit("/account/login", email="karin@example.org", password="falsch")
    logged = "".join(capfd.readouterr())
    assert "request_refused" in logged and "sign_in_failed" in logged
    assert [secret for secret in secrets if secret in logged] == []
    assert "x@y.de" not in logged and "falsch" not in logged and "127.0.0.1" not in logged


@pytest.fixture
def failing(app: Flask) -> Iterator[None]:
    """Every view raises; errors are shown as in production."""
    views = dict(app.view_functions)

    def fail(**_arguments: object) -> str:
        raise RuntimeError(SENTINEL)

    for endpoint in views:
        broken = functools.partial(fail)
        broken.policy = policy_of(app, endpoint)  # type: ignore[attr-defined]
        app.view_functions[endpoint] = broken
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    yield
    app.view_functions.update(views)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None


def test_s55_a_failure_anywhere_shows_nothing_but_its_number(
    app, world, browsers, failing, put_back
):
    """Every route is made to fail, for pages and for script; S27: with all headers."""
    wrong, numbers = [], set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or by_token(rule):
            continue
        for script in ({}, {"HX-Request": "true"}):
            with structlog.testing.capture_logs() as noted:
                answer = _ask(app, world, browsers["Ada"], rule, script)
            text = answer.get_data(as_text=True)
            number = next((n["reference"] for n in noted if "reference" in n), None)
            good = answer.status_code == 500 and number is not None and number in text
            bare = not any(
                word in text for word in (SENTINEL, "Traceback", "RuntimeError", "/app/")
            )
            headed = all(answer.headers.get(name) == value for name, value in HEADERS.items())
            if not (good and bare and headed):
                wrong.append((rule.endpoint, answer.status_code, number, bare, headed))
            numbers.add(number)
    assert wrong == []
    assert len(numbers) > 100


def _ask(app: Flask, world, browser: Surfer, rule, headers: dict[str, str]) -> TestResponse:
    method = method_of(rule) if (rule.methods or set()) - SAFE else "GET"
    with app.test_request_context():
        if method == "GET":
            url = url_for(rule.endpoint, **next(iter(routes.ARGUMENTS[rule.endpoint](world))))
        else:
            url = targets(world, rule)[0]
    data = {"csrf_token": browser.form_token()} if method != "GET" else None
    return browser.open(url, method=method, headers=headers, data=data)


def test_s32_nothing_that_is_sent_leads_away(app, world, browsers, put_back):
    """Payloads as `next` where test_signing_in.py does not ask; one of them for every route."""
    payloads = [
        line["payload"]
        for line in json_lines("sec_web_inputs", "web_inputs.jsonl")
        if line["kind"] == "open_redirect"
    ]
    assert len(payloads) > 120
    wrong, fields = [], {"accepted_netiquette": "1", "email": "karin@example.org"}
    for number, payload in enumerate(payloads[::2]):
        answers = [browsers["Karin"].submit("/account/netiquette", next=payload, **fields)]
        if number % 10 == 0:  # hashing costs
            sign_in = {**fields, "password": cast.PASSWORD, "next": payload}
            answers.append(browsers["guest"].submit("/account/login", **sign_in))
        wrong += [(answer.request.path, payload) for answer in answers if not _stays(answer)]
    for rule, url in _first_targets(app, world):
        karin = browsers["Karin"]
        data = {"csrf_token": karin.form_token(), "next": "//evil.example/"}
        away = f"{url}?next=//evil.example/&done=//evil.example&back=//evil.example"
        answer = karin.open(away, method=method_of(rule), data=data)
        if answer.location and not _stays(answer):
            wrong.append((url, "//evil.example/"))
        put_back.back()
    assert wrong == []


def _first_targets(app: Flask, world) -> list[tuple[Rule, str]]:
    with app.test_request_context():
        return [(rule, targets(world, rule)[0]) for rule in form_rules(app)]


def _stays(answer: TestResponse) -> bool:
    parts = urlsplit(answer.location or "")
    plain = (answer.location or "").startswith("/") and not answer.location.startswith(
        ("//", "/\\")
    )
    return answer.status_code == 303 and plain and not parts.netloc
