"""Registering: double opt-in, one answer for known and unknown addresses, names that are free."""

from __future__ import annotations

import pytest
import time_machine

from app.accounts.models import Account, Consent, MailToken
from app.core.db import db, transaction
from app.core.jobs import Job
from app.core.settings import change_settings
from tests import cast
from tests.accounts.conftest import FORM, GOOD, OTHER, count, happened, sign_in

pytestmark = pytest.mark.usefixtures("netiquette")


def account(email: str = "elke@example.org") -> Account:
    return db.session.query(Account).filter_by(email=email).one()


def test_a_person_registers_confirms_and_signs_in(client, link):
    assert client.submit("/account/register", **FORM).location == "/account/registered"
    assert account().state == "pending"
    path = link()
    page = client.get(path)
    assert page.status_code == 200
    assert "Elke" in page.text
    assert account().state == "pending", "opening the link confirms nothing"
    assert client.submit(path).location == "/account/confirmed"
    assert account().state == "active"
    assert client.get("/account/confirmed").status_code == 200
    assert sign_in(client, "elke@example.org").location == "/"
    assert client.get("/account/settings").status_code == 200


def test_the_form_and_the_page_after_it_can_be_read(client):
    assert client.get("/account/register").status_code == 200
    assert client.get("/account/registered").status_code == 200


def test_consent_names_the_version_in_force(client):
    client.submit("/account/register", **FORM)
    consent = db.session.query(Consent).one()
    assert (consent.kind, consent.version, consent.account_id) == ("netiquette", 1, account().id)


def test_a_person_who_has_not_confirmed_cannot_sign_in_but_gets_the_link_again(client, mails):
    client.submit("/account/register", **FORM)
    assert len(mails()) == 1
    response = sign_in(client, FORM["email"])
    assert response.status_code == 422
    assert "noch nicht" in response.text or "not confirmed" in response.text
    assert client.session_hash is None
    assert [m["To"] for m in mails()] == [FORM["email"]] * 2


def test_no_job_and_no_row_holds_the_secret_of_a_link(client, link):
    client.submit("/account/register", **FORM)
    secret = link().rsplit("/", 1)[1]
    jobs = [str(job.arguments) for job in db.session.query(Job)]
    tokens = [token.secret_hash for token in db.session.query(MailToken)]
    assert len(secret) >= 43
    assert secret not in " ".join(jobs + tokens)


def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(client, mails):
    cast.account("Karin")
    new = client.submit("/account/register", **FORM)
    other = {**FORM, "name": "Petra", "email": "Karin@Example.org"}
    known = client.submit("/account/register", **other)
    assert (new.status_code, new.location, new.data) == (
        known.status_code,
        known.location,
        known.data,
    )
    assert [c for c, _ in new.headers if c != "Date"] == [
        c for c, _ in known.headers if c != "Date"
    ]
    subjects = {m["To"]: m["Subject"] for m in mails()}
    assert subjects["karin@example.org"] != subjects["elke@example.org"]
    assert db.session.query(Account).filter(Account.email.is_not(None)).count() == 2
    assert "KnownAddressUsed" in happened()


def test_who_registers_a_strangers_address_cannot_wait_behind_it(client, link):
    client.submit("/account/register", **{**FORM, "name": "Angreifer", "password": OTHER})
    first = link()
    client.submit("/account/register", **FORM)
    assert client.submit(first).status_code == 410, "the link of the earlier try is dead"
    client.submit(link())
    assert sign_in(client, FORM["email"], OTHER).status_code == 422
    assert sign_in(client, FORM["email"], GOOD).status_code == 303
    assert account().name == "Elke"


def test_a_taken_name_comes_with_a_free_one(as_de):
    cast.account("Karin")
    page = as_de.submit("/account/register", **{**FORM, "name": "KARIN"})
    assert page.status_code == 422
    assert "KARIN2" in page.text
    assert happened() == []
    assert count(Account) == 1


def test_a_name_that_looks_like_another_is_taken(client):
    client.submit("/account/register", **{**FORM, "name": "Kalle"})
    fake = client.submit("/account/register", **{**FORM, "name": "KaIle", "email": "b@example.org"})
    assert fake.status_code == 422
    assert count(Account) == 1


def test_nobody_registers_under_the_companys_name(client):
    with transaction():
        change_settings(changed_by=None, company="Talfunk")
    refused = client.submit("/account/register", **{**FORM, "name": "TaIfunk_Team"})
    assert refused.status_code == 422
    assert 'id="name-error"' in refused.text
    assert count(Account) == 0


def test_a_name_that_was_never_confirmed_is_free_after_a_week(client):
    client.submit("/account/register", **FORM)
    second = {**FORM, "email": "andere.elke@example.org"}
    assert client.submit("/account/register", **second).status_code == 422
    with time_machine.travel("2100-01-01"):
        assert client.submit("/account/register", **second).status_code == 303
    assert count(Account) == 1


def test_sending_the_form_twice_registers_once(client, mails):
    form = {**FORM, "idempotency_key": "k" * 20}
    first, second = (client.submit("/account/register", **form) for _ in range(2))
    assert first.location == second.location == "/account/registered"
    assert count(Account) == 1
    assert len(mails()) == 1


def test_members_do_not_register_again(client_as):
    karin = client_as("Karin")
    assert karin.get("/account/register").location == "/"
    assert karin.submit("/account/register", **FORM).status_code == 403
    assert "AccountRegistered" not in happened()


@pytest.mark.parametrize(
    "field, value",
    [
        ("name", ""),
        ("name", "Al"),
        ("name", "x" * 31),
        ("name", "x" * 100_000),
        ("name", "Еlke"),
        ("name", "Support"),
        ("name", "www.boese"),
        ("name", "Elke\x00"),
        ("name", "El\u202eke"),
        ("email", ""),
        ("email", "elke"),
        ("email", "elke@"),
        ("email", "elke@example.org\nBcc: x@example.org"),
        ("email", '"elke"@example.org'),
        ("email", "Elke <elke@example.org>"),
        ("email", "elke@[127.0.0.1]"),
        ("email", "e" * 100_000 + "@example.org"),
        ("email", "=?utf-8?q?elke?=@example.org,b@example.org"),
        ("password", ""),
        ("password", "kurz"),
        ("password", "passwort1234"),
        ("password", "Elke-elke-2024"),
        ("password", "x" * 129),
        ("password", GOOD + "\x00"),
        ("netiquette", ""),
        ("netiquette", "false"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field(client, field, value):
    page = client.submit("/account/register", **{**FORM, field: value})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert count(Account) == 0
    assert happened() == []
    assert GOOD not in page.text, "a password is never sent back"


def test_what_was_typed_is_kept(client):
    page = client.submit("/account/register", **{**FORM, "email": "keine adresse"})
    assert 'value="Elke"' in page.text
    assert 'value="keine adresse"' in page.text


def test_no_column_of_the_account_can_be_set_from_outside(client):
    extra = {column.name: "admin" for column in Account.__table__.columns}
    client.submit("/account/register", **{**extra, **FORM, "state": "active", "id": "7"})
    assert (account().role, account().state) == ("customer", "pending")
    assert account().source is None
    assert account().id != 7
