"""Signing in and out: one sentence for every failure, fresh sessions, own pages only afterwards."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher

from app.accounts.models import Account, SignedInSession
from app.accounts.session import cookie_name, hash_of, new_secret
from app.core import hashing
from app.core.db import db, transaction
from app.core.web.own_paths import own_path
from tests import cast
from tests.accounts.conftest import GOOD, OTHER, carry_session, count, happened, sign_in


def test_a_member_signs_in_and_out(client, member):
    response = sign_in(client, member("Karin"))
    assert (response.status_code, response.location) == (303, "/")
    assert happened() == ["SignedIn"]
    assert client.get("/account/settings").status_code == 200
    assert client.submit("/account/logout").location == "/?done=signed_out"
    assert client.get("/account/settings").location.startswith("/account/login")
    assert count(SignedInSession) == 0


def test_signing_out_twice_is_harmless(client):
    assert client.submit("/account/logout").status_code == 303


def test_the_address_may_be_typed_in_any_case(client, member):
    assert sign_in(client, member("Karin").upper()).status_code == 303


def test_every_failure_says_the_same(client, member):
    known = sign_in(client, member("Karin"), OTHER)
    unknown = sign_in(client, "karin@example.net", OTHER)
    imported = cast.account("Archivar")
    with transaction():
        imported.state, imported.password_hash = "imported", None
    claimed = sign_in(client, imported.email, OTHER)
    pages = {
        r.text.replace(typed, "…")
        for r, typed in (
            (known, "karin@example.org"),
            (unknown, "karin@example.net"),
            (claimed, imported.email),
        )
    }
    assert {_without_tokens(page) for page in pages} == {
        _without_tokens(known.text.replace("karin@example.org", "…"))
    }
    assert known.status_code == unknown.status_code == claimed.status_code == 422
    assert happened() == []


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'value="[\w.-]{20,}"', "", page)


@pytest.mark.usefixtures("real_hashing")
def test_an_unknown_address_costs_as_much_as_a_known_one(
    client, member, count_queries, monkeypatch
):
    """What takes long is the hash and the database; counted, as a clock would measure the machine."""
    email, hashes = member("Karin"), []
    monkeypatch.setattr(hashing, "_hasher", _Counted(hashing._hasher, hashes))
    costs = []
    for address in (email, "nobody@example.net"):
        hashes.clear()
        with count_queries() as queries:
            sign_in(client, address, OTHER)
        costs.append((len(queries), list(hashes)))
    assert costs[0] == costs[1]
    assert costs[0][1] != []


class _Counted:
    """An argon2 hasher that writes down at which price it compares."""

    def __init__(self, hasher: PasswordHasher, seen: list[str]) -> None:
        self._hasher, self._seen = hasher, seen

    def verify(self, kept: str, password: str) -> bool:
        self._seen.append(kept.rpartition("$")[0].rpartition("$")[0])  # without salt and hash
        return self._hasher.verify(kept, password)

    def __getattr__(self, name: str) -> object:
        return getattr(self._hasher, name)


def test_a_planted_session_id_is_not_taken_over(client, member):
    planted, _ = new_secret()
    client.set_cookie(cookie_name(), planted)
    sign_in(client, member("Karin"))
    hashes = set(db.session.scalars(db.select(SignedInSession.secret_hash)))
    assert hash_of(planted) not in hashes


def test_signing_in_again_ends_the_session_that_this_browser_had(client, member):
    email = member("Karin")
    sign_in(client, email)
    sign_in(client, email)
    assert count(SignedInSession) == 1


def test_a_suspended_member_signs_in_and_reads_the_settings(client, member):
    assert sign_in(client, member("Bert")).status_code == 303
    assert client.get("/account/settings").status_code == 200


@pytest.mark.usefixtures("real_hashing")
def test_an_old_hash_is_renewed_at_sign_in(client, member):
    email = member("Karin")
    with transaction():
        cast.account("Karin").password_hash = PasswordHasher(
            time_cost=1, memory_cost=8 * 1024, parallelism=1
        ).hash(GOOD)
    assert sign_in(client, email).status_code == 303
    renewed = db.session.query(Account).filter_by(email=email).one().password_hash
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(client, email).status_code == 303


def test_a_damaged_hash_fits_no_password(client, member):
    email = member("Karin")
    with transaction():
        cast.account("Karin").password_hash = "damaged"
    assert sign_in(client, email).status_code == 422


def test_without_a_hash_no_password_fits_not_even_that_of_the_dummy():
    assert hashing.is_right(None, "nobody's") is False
    assert hashing.is_right(None, "") is False
    assert hashing.is_right("", "") is False


def test_the_cookie_is_closed_to_script_and_to_other_sites(client, member):
    cookies = sign_in(client, member("Karin")).headers.getlist("Set-Cookie")
    session = next(c for c in cookies if c.startswith("session="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))


def test_with_https_the_cookie_is_bound_to_the_host(environment, request):
    environment["BASE_URL"] = "https://localhost"
    app = request.getfixturevalue("app")
    good_hash = request.getfixturevalue("good_hash")
    person = cast.account("Karin")
    with transaction():
        person.password_hash = good_hash
    surfer = app.test_client()
    fields = {"email": person.email, "password": GOOD, "csrf_token": surfer.form_token()}
    cookies = surfer.post(
        "/account/login", data=fields, base_url="https://localhost"
    ).headers.getlist("Set-Cookie")
    session = next(c for c in cookies if c.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))
    assert "Domain" not in session
    assert any(c.startswith("__Secure-device=") and "Secure" in c for c in cookies)


def test_guests_get_no_cookie(client):
    for path in ("/account/login", "/account/register", "/account/forgot", "/members"):
        response = client.get(path)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("own", ["/members", "/account/settings?done=x", "/topics/ask#text"])
def test_after_signing_in_one_is_where_one_wanted_to_go(client, member, own):
    from urllib.parse import quote

    response = sign_in(client, member("Karin"), url=f"/account/login?next={quote(own)}")
    assert response.location == own


@pytest.mark.parametrize("name, place", [("Karin", "/"), ("Uwe", "/"), ("Anna", "/desk")])
def test_who_wanted_to_go_nowhere_begins_where_their_day_begins(client, member, name, place):
    assert sign_in(client, member(name)).location == place


def test_a_signed_in_member_needs_no_sign_in_page(client_as):
    assert client_as("Karin").get("/account/login?next=/members").location == "/members"


def _payloads(test_data):
    lines = (test_data / "sec_web_inputs" / "web_inputs.jsonl").read_text("utf-8").split("\n")
    found = [json.loads(line) for line in lines if line]
    return [line["payload"] for line in found if line["kind"] == "open_redirect"]


def test_s32_no_payload_leads_away_after_sign_in_or_language(client_as, client, test_data):
    payloads = _payloads(test_data)
    assert len(payloads) > 100
    karin = client_as("Karin")
    for payload in [*payloads, "/\t/evil.example", "/\\evil.example", "\x00/x", "/" * 5000]:
        answers = [
            karin.get("/account/login", query_string={"next": payload}),
            client.submit("/account/language", lang="en", next=payload),
        ]
        for response in answers:
            assert response.status_code == 303, payload
            parts = urlsplit(response.location)
            assert (parts.scheme, parts.netloc) == ("", ""), payload
            assert not response.location.startswith(("//", "/\\")), payload


def test_own_paths_are_those_of_our_pages(app):
    assert own_path("/members?after=3.4") == "/members?after=3.4"
    for strange in (
        "",
        None,
        "members",
        "/nowhere",
        "//members",
        "/members/../../x\\",
        "/account/logout",
    ):
        assert own_path(strange) is None, strange


@pytest.mark.parametrize("field", ["email", "password"])
def test_an_empty_field_gets_its_sentence(client, field):
    page = client.submit("/account/login", **{"email": "a@example.org", "password": "x", field: ""})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text


def test_very_long_input_is_just_wrong(client):
    page = client.submit("/account/login", email="e" * 100_000, password="p" * 100_000)
    assert page.status_code == 422


def test_a_page_of_somebody_else_cannot_sign_one_in(client, member):
    fields = {"email": member("Karin"), "password": GOOD}
    foreign = client.post(
        "/account/login",
        data={**fields, "csrf_token": client.form_token()},
        headers={"Origin": "https://evil.example"},
    )
    bare = client.post("/account/login", data=fields)
    assert (foreign.status_code, bare.status_code) == (403, 400)
    assert count(SignedInSession) == 0


def test_the_language_switch_sets_a_cookie_for_guests_and_the_account_for_members(
    client, client_as, app
):
    response = client.submit("/account/language", lang="en", next="/members?after=1.2")
    assert response.location == "/members?after=1.2"
    assert 'lang="en"' in client.get("/members").text
    karin = client_as("Karin")
    karin.submit("/account/language", lang="en", next="/members")
    assert db.session.query(Account).filter_by(name="Karin").one().locale == "en"


def test_only_our_languages_can_be_chosen(client):
    response = client.submit("/account/language", lang="xx")
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers


@pytest.mark.usefixtures("real_hashing")
def test_many_hashes_at_once_wait_for_each_other(monkeypatch):
    import threading

    running, most, gate = 0, 0, threading.Lock()
    real = hashing._hasher.hash

    def counted(password: str) -> str:
        nonlocal running, most
        with gate:
            running += 1
            most = max(most, running)
        try:
            return real(password)
        finally:
            with gate:
                running -= 1

    monkeypatch.setattr(hashing, "_hasher", type("H", (), {"hash": staticmethod(counted)}))
    threads = [threading.Thread(target=hashing.hash_password, args=(GOOD,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= hashing.AT_ONCE


def test_carrying_a_session_needs_a_cookie(client):
    carry_session(client)
    assert client.session_hash is None
