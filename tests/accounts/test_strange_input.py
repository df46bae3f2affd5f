"""Hostile strings in every field of every form: a sentence or success, never a 5xx."""

from __future__ import annotations

import pytest

from app.core.db import transaction
from tests import cast
from tests.accounts.conftest import FORM, GOOD
from tests.data_sets import hostile_strings, spread

FORMS = {
    "/account/register": FORM,
    "/account/login": {"email": "a@example.org", "password": GOOD},
    "/account/forgot": {"email": "a@example.org"},
    "/account/language": {"lang": "de", "next": "/members"},
}
ALWAYS = ("\x00", "\ufeff", "\u2028", "a" * 70_000)
#: All strings, on SQLite: these have every kind of field. The others share them.
ALL_STRINGS = ("/account/register", "/account/settings")
SHARE = 4
OWN_FORMS = {
    "/account/settings": {"about": "", "locale": "de", "mail_answer": "y"},
    "/account/password": {"current_password": GOOD, "new_password": GOOD},
}


@pytest.fixture(scope="session")
def strings():
    return [*hostile_strings(), *ALWAYS]


@pytest.mark.slow
@pytest.mark.parametrize("url", FORMS)
def test_no_string_breaks_a_form_of_guests(client, url, strings, databases):
    for fields in _filled(FORMS[url], _share(strings, url, databases)):
        answer = client.submit(url, **fields)
        assert answer.status_code in (303, 400, 422), fields


@pytest.mark.slow
@pytest.mark.parametrize("url", OWN_FORMS)
def test_no_string_breaks_a_form_of_members(client_as, url, strings, databases):
    karin = client_as("Karin")
    for fields in _filled(OWN_FORMS[url], _share(strings, url, databases)):
        answer = karin.submit(url, **fields)
        assert answer.status_code in (303, 422), fields


def _share(strings, url, databases):
    if url in ALL_STRINGS and databases.kind == "sqlite":
        return strings
    return [*spread(strings, SHARE, [*FORMS, *OWN_FORMS].index(url)), *ALWAYS]


def _filled(form, strings):
    """Every string in all fields at once; some also in a single field of an else good form."""
    names = list(form)
    for number, text in enumerate(strings):
        yield dict.fromkeys(names, text)
        if number % 5 == 0:
            yield {**form, names[number // 5 % len(names)]: text}


@pytest.mark.parametrize("url", [*FORMS, *OWN_FORMS, "/account/reset/x", "/account/confirm/x"])
@pytest.mark.parametrize(
    "body, kind",
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"email=%ff%fe&name=%00&password=%c3%28", "application/x-www-form-urlencoded"),
        (b"email[]=a&email=b&email=c", "application/x-www-form-urlencoded"),
        (b'{"email": ["a"]}', "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"\xff" * 1000, "text/plain"),
    ],
)
def test_an_unreadable_body_is_refused_in_words(client, client_as, url, body, kind):
    surfer = client_as("Karin") if url in OWN_FORMS else client
    headers = {"X-CSRF-Token": surfer.form_token()}
    answer = surfer.post(url, data=body, content_type=kind, headers=headers)
    assert answer.status_code in (400, 410, 413, 415, 422)
    assert "<h1" in answer.text


def test_a_stale_form_token_changes_nothing_and_keeps_what_was_typed(client):
    answer = client.submit("/account/register", **{**FORM, "csrf_token": "stale"})
    assert answer.status_code == 400
    assert "Elke" in answer.text
    assert GOOD not in answer.text


def test_profile_text_is_shown_as_text(client):
    karin = cast.account("Karin")
    with transaction():
        karin.about = "<script>alert(1)</script>{{7*7}}"
    page = client.get("/members/Karin").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
