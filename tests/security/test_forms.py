"""T-07, S08, S09, S13: what a form says beyond its fields, twice, or in masses changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import String
from werkzeug.routing import Rule

from app.core import clock
from app.core.db import Base, Bounded, UtcDateTime
from tests import cast
from tests.data_sets import spread
from tests.security.conftest import Kept
from tests.security.sending import (
    READ,
    Form,
    filled,
    form_rules,
    method_of,
    press,
    targets,
)
from tests.surfer import Surfer

pytestmark = pytest.mark.slow

LONG = "Wort " * 60_000  # 300,000 characters: more than any column takes, less than a body may have
START = 100_000  # of it would stand in the database if it had been taken
FIVE_MB = b"text=" + b"x" * 5_000_000
#: Values that would mean power where they were taken.
POWER = {"role": "admin", "state": "active", "scope": "*", "privilege": "moderate", "verdict": "ok"}
#: Columns that hold chance, or a print of the whole form: no two runs agree on them.
CHANCE = {"secret_hash", "token_hash", "nonce", "password_hash", "puid"}
FORM_PRINTS = {"sent_form"}
#: No form of theirs is taken in this world, each with its reason.
NOT_TAKEN = {
    "accounts.revoke_token": "needs a token; see tests/accounts/test_programs.py",
    "accounts.confirm_send": "needs the secret of a mail; see test_links.py",
    "accounts.reset_send": "needs the secret of a mail; see test_links.py",
    "accounts.invitation_send": "needs the secret of a mail; see tests/accounts/test_inviting.py",
    "administration.netiquette_publish": "needs an imprint; see tests/administration",
    "desk.assign": "needs the number of a colleague; see tests/desk",
    "superusers.accept": "needs an invitation; see tests/superusers",
    "superusers.refuse": "needs an invitation; see tests/superusers",
    "superusers_staff.renew": "only in the last weeks of a term; see tests/superusers",
}
Outcome = tuple[int, dict[str, list[object]]]  # the status, and every table afterwards


def columns() -> dict[str, str]:
    """Every column of every table, each with a value that fits its type."""
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            when = isinstance(column.type, UtcDateTime)
            found[column.name] = "2020-01-01T00:00:00" if when else "1"
            if isinstance(column.type, Bounded):
                found[column.name] = "untergeschoben"
    return {**found, **POWER}


@pytest.fixture(scope="module")
def still() -> Iterator[None]:
    with time_machine.travel(clock.now(), tick=False):
        yield


def comparable(contents: dict[str, list[tuple[object, ...]]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for table, (names, *rows) in contents.items():
        if table not in FORM_PRINTS:
            left = [n for n, name in enumerate(names) if name not in CHANCE]
            found[table] = [tuple(row[n] for n in left) for row in rows]
    return found


def sent(kept: Kept, browser: Surfer, form: Form, fields: dict[str, str]) -> Outcome:
    kept.back()
    status = press(browser, form.rule, form.url, fields).status_code
    return status, comparable(kept.contents())


def test_t07_no_column_can_be_named_in_a_form(forms, browsers, put_back, still):
    """Every form is sent as its page sends it, then with every column: the outcome is the same."""
    before, different, acted = comparable(put_back.contents()), [], set()
    for form in forms:
        browser, fields = browsers[form.name], filled(form.rule.endpoint)
        allowed = form.fields | READ | _route_reads(form.rule)
        more = {name: value for name, value in columns().items() if name not in allowed}
        plain = sent(put_back, browser, form, fields)
        if sent(put_back, browser, form, {**fields, **more}) != plain:
            different.append(form.url)
        if plain[1] != before:
            acted.add(form.rule.endpoint)
    assert different == []
    assert len(acted) >= 30, f"the premise: most forms do something, not {sorted(acted)}"


def test_every_form_is_filled_in(app, forms):
    """A new form needs its fields in sending.py, else the tests here send it half empty."""
    asked = {form.rule.endpoint for form in forms if form.taken}
    new = {rule.endpoint for rule in form_rules(app)} - asked - NOT_TAKEN.keys()
    assert new == set(), "add what their pages send to FILLED, THERE or THINGS"


def _route_reads(rule: Rule) -> set[str]:
    return {"forum.ask_solved": {"title"}, "administration.set_role": {"role"}}.get(
        rule.endpoint, set()
    )


def test_t07_the_comparison_notices_a_column_that_is_taken(app, world, browsers, put_back, still):
    """The control: a settings page that takes whatever it is sent."""
    from flask import request
    from flask_login import current_user

    from app.accounts.models import Account
    from app.core.db import db, transaction

    def careless() -> str:
        with transaction():
            person = db.session.get_one(Account, current_user.id)
            for field, value in request.form.items():
                if hasattr(Account, field) and field in ("about", "role"):
                    setattr(person, field, value)
        return ""

    (rule,) = (r for r in form_rules(app) if r.endpoint == "accounts.settings_send")
    careful = app.view_functions[rule.endpoint]
    careless.policy = careful.policy  # type: ignore[attr-defined]
    app.view_functions[rule.endpoint] = careless
    try:
        fields = filled(rule.endpoint)
        form = Form(rule, "Karin", rule.rule, frozenset(), taken=True)
        plain = sent(put_back, browsers["Karin"], form, fields)
        more = sent(put_back, browsers["Karin"], form, {**fields, **columns()})
    finally:
        app.view_functions[rule.endpoint] = careful
    assert plain != more


def test_s13_nothing_too_long_is_kept(forms, browsers, put_back, still):
    """300,000 characters in each field by itself: an answer in words, and no row of it."""
    wrong, asked = [], 0
    for form in forms:
        for field in sorted(form.fields):
            asked += 1
            fields = {**filled(form.rule.endpoint), field: LONG}
            answer = press(browsers[form.name], form.rule, form.url, fields)
            if answer.status_code < 400 and LONG[:START] in repr(put_back.contents()):
                wrong.append((form.url, field, "kept"))
            if answer.status_code >= 500:
                wrong.append((form.url, field, answer.status_code))
            if answer.status_code < 400:
                put_back.back()
    assert LONG[:START] not in repr(put_back.contents())
    assert wrong == []
    assert asked > 50


@pytest.mark.parametrize("name", ["guest", "Anna"])
def test_s13_a_body_of_five_megabytes_is_turned_away(app, world, browsers, kept, name):
    before, wrong = kept.contents(), []
    headers = {"X-CSRF-Token": browsers[name].form_token()}
    for rule in form_rules(app):
        with app.test_request_context():
            url = targets(world, rule)[-1]
        answer = browsers[name].open(
            url,
            method=method_of(rule),
            data=FIVE_MB,
            headers=headers,
            content_type="application/x-www-form-urlencoded",
        )
        if answer.status_code not in (400, 401, 403, 404, 410, 413):
            wrong.append((url, answer.status_code))
    assert wrong == []
    assert kept.contents() == before


def test_s13_every_text_column_is_bounded():
    """On both databases the same type refuses what is too long; see test_db.py."""
    texts = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(getattr(column.type, "impl_instance", column.type), String)
    ]
    assert len(texts) > 100
    loose = {str(column) for column in texts if not isinstance(column.type, Bounded)}
    assert loose == {"search_document.terms"}, "which PostgreSQL bounds, and nobody types"


def test_s09_fields_of_another_shape_are_no_error_of_ours(forms, browsers, put_back):
    """Each field twice, as a list and as a table; then all of them as JSON."""
    wrong = []
    for form in spread(forms, 3):
        browser, good = browsers[form.name], filled(form.rule.endpoint)
        twice = "&".join(f"{f}=y&{f}={good.get(f, 'x')}&{f}[]=a&{f}[b]=c" for f in form.fields)
        lists = json.dumps({field: ["a", {"b": 1}] for field in form.fields})
        for kind, body in (
            ("application/x-www-form-urlencoded", twice),
            ("application/json", lists),
        ):
            answer = browser.open(
                form.url,
                method=method_of(form.rule),
                data=body,
                headers={"X-CSRF-Token": browser.form_token()},
                content_type=kind,
            )
            if answer.status_code >= 500:
                wrong.append((form.url, body, answer.status_code))
            put_back.back()
    assert wrong == []


def test_s09_the_first_of_two_values_counts(app, world, browsers, put_back):
    browser = browsers["Karin"]
    body = f"csrf_token={browser.form_token()}&about=eins&about=zwei&locale=de&about[]=drei"
    browser.post("/account/settings", data=body, content_type="application/x-www-form-urlencoded")
    assert "eins" in browser.get("/account/settings").text
    assert cast.account("Karin").about == "eins"
