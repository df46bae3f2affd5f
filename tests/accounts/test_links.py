"""Links in mails (T-08): single use, one purpose, one address, short life; nobody learns who is here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from app.accounts import actions
from app.accounts.models import Account, MailToken, SignedInSession
from app.core import clock
from app.core.db import db, transaction
from app.core.tokens import new_secret
from tests import cast
from tests.accounts.conftest import FORM, GOOD, OTHER, count, happened, sign_in


@pytest.fixture
def reset_link(client, member, link):
    """Karin asks for a new password; the path of the link in her mail."""
    client.submit("/account/forgot", email=member("Karin"))
    return link()


def test_a_password_is_reset_by_mail(client, client_as, reset_link, mails):
    elsewhere = client_as("Karin")
    assert client.get(reset_link).status_code == 200
    response = client.submit(reset_link, password=OTHER)
    assert response.location == "/account/login?done=password_set"
    assert count(SignedInSession) == 0
    assert elsewhere.get("/account/settings").status_code == 303
    assert sign_in(client, "karin@example.org", GOOD).status_code == 422
    assert sign_in(client, "karin@example.org", OTHER).status_code == 303
    subjects = [m["Subject"] for m in mails()]
    assert len(subjects) == len(set(subjects)) == 2, "the owner hears of the change"


def test_resetting_signs_nobody_in(client, reset_link):
    response = client.submit(reset_link, password=OTHER)
    assert "Set-Cookie" not in response.headers


def test_a_link_works_once(client, reset_link):
    client.submit(reset_link, password=OTHER)
    assert client.get(reset_link).status_code == 410
    assert client.submit(reset_link, password="noch eine andere Losung hier").status_code == 410
    assert sign_in(client, "karin@example.org", OTHER).status_code == 303


def test_a_link_is_not_used_up_by_looking_or_by_a_bad_password(client, reset_link):
    for _ in range(3):
        assert client.get(reset_link).status_code == 200
    page = client.submit(reset_link, password="kurz")
    assert page.status_code == 422
    assert 'id="password-error"' in page.text
    assert client.submit(reset_link, password=OTHER).status_code == 303


def test_the_name_is_no_password_here_either(client, reset_link):
    assert client.submit(reset_link, password="karin-karin-12").status_code == 422


def test_a_reset_link_lives_30_minutes(client, reset_link):
    with time_machine.travel(clock.now() + timedelta(minutes=29)):
        assert client.get(reset_link).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert client.get(reset_link).status_code == 410
        assert client.submit(reset_link, password=OTHER).status_code == 410


def test_a_confirmation_link_lives_a_day(client, link):
    client.submit("/account/register", **FORM)
    path = link()
    with time_machine.travel(clock.now() + timedelta(hours=23)):
        assert client.get(path).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert client.submit(path).status_code == 410
    assert db.session.query(Account).one().state == "pending"


def test_a_new_request_kills_the_old_link_before_the_new_mail_is_written(client, reset_link, link):
    client.submit("/account/forgot", email="karin@example.org")
    assert client.get(reset_link).status_code == 410
    assert client.get(link()).status_code == 200


def test_a_changed_password_kills_the_link(client, reset_link, good_hash):
    with transaction():
        actions.change_password(
            cast.actor("Karin"), proven_hash=good_hash, new_hash="x", browser=""
        )
    assert client.get(reset_link).status_code == 410


def test_a_changed_address_kills_the_link(client, reset_link):
    with transaction():
        cast.account("Karin").email = "neu@example.org"
    assert client.get(reset_link).status_code == 410


def test_an_erased_account_kills_the_link(client, reset_link):
    with transaction():
        cast.account("Karin").state = "erased"
    assert client.get(reset_link).status_code == 410


def test_a_link_serves_one_purpose(client, reset_link, link):
    secret = reset_link.rsplit("/", 1)[1]
    assert client.submit(f"/account/confirm/{secret}").status_code == 410
    client.submit("/account/register", **FORM)
    confirming = link().rsplit("/", 1)[1]
    assert client.get(f"/account/reset/{confirming}").status_code == 410
    assert client.submit(f"/account/reset/{confirming}", password=OTHER).status_code == 410


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "%ff%fe", "null", "' OR 1=1 --"])
def test_an_invented_link_is_gone(client, secret):
    for purpose in ("reset", "confirm"):
        assert client.get(f"/account/{purpose}/{secret}").status_code == 410
        assert client.submit(f"/account/{purpose}/{secret}", password=OTHER).status_code == 410


def test_secrets_are_long_and_kept_as_hashes(client, reset_link):
    secret = reset_link.rsplit("/", 1)[1]
    assert len(secret) >= 43, "256 bits"
    assert len({new_secret()[0] for _ in range(1000)}) == 1000
    assert secret not in {t.secret_hash for t in db.session.query(MailToken)}


def test_the_page_of_a_link_is_kept_by_nobody(client, reset_link):
    response = client.get(reset_link)
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert response.headers["Cache-Control"] == "no-store"


def test_the_link_leads_to_the_configured_host_only(client, member, mails):
    email = member("Karin")
    evil = client.post(
        "/account/forgot",
        data={"email": email, "csrf_token": client.form_token()},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    assert evil.status_code == 400
    client.submit("/account/forgot", email=email)
    text = mails()[-1].get_body(("plain",)).get_content()
    assert "http://localhost/account/reset/" in text
    assert "evil" not in text


def test_s45_asking_for_a_link_tells_nobody_who_is_here(client, member, mails):
    known = client.submit("/account/forgot", email=member("Karin"))
    jobs = happened()
    unknown = client.submit("/account/forgot", email="nobody@example.net")
    assert (known.status_code, known.location, known.data) == (
        unknown.status_code,
        unknown.location,
        unknown.data,
    )
    assert happened() == jobs * 2, "both write the same rows, so both take the same time"
    assert [m["To"] for m in mails()] == ["karin@example.org"]
    assert client.get("/account/forgot/sent").status_code == 200


def test_an_unconfirmed_person_gets_the_confirmation_again(client, link):
    client.submit("/account/register", **FORM)
    first = link()
    client.submit("/account/forgot", email=FORM["email"])
    second = link()
    assert second.startswith("/account/confirm/")
    assert client.get(first).status_code == 410
    assert client.submit(second).status_code == 303


def test_people_of_an_archive_get_no_mail(client, mails):
    person = cast.account("Archivar")
    with transaction():
        person.state = "imported"
    client.submit("/account/forgot", email=person.email)
    assert mails() == []


def test_a_mail_is_not_sent_when_it_is_not_true_any_more(client, member, mails):
    client.submit("/account/forgot", email=member("Karin"))
    client.submit("/account/register", **{**FORM, "email": "karin@example.org"})
    with transaction():
        cast.account("Karin").state = "erased"
    assert mails() == []


@pytest.mark.parametrize("email", ["", "karin", "x" * 900_000, "a@b\x00.de", "a@b.de, c@d.de"])
def test_a_bad_address_gets_its_sentence(client, email):
    page = client.submit("/account/forgot", email=email)
    assert page.status_code == 422
    assert 'id="email-error"' in page.text
    assert happened() == []


def test_confirming_twice_with_one_press_is_harmless(client, link):
    client.submit("/account/register", **FORM)
    path = link()
    answers = [client.submit(path, idempotency_key="k" * 20) for _ in range(2)]
    assert [a.location for a in answers] == ["/account/confirmed"] * 2
    assert happened().count("AccountConfirmed") == 1
    assert client.submit(path).status_code == 410


def _at_once(calls):
    """Run the calls in threads of their own and return their answers."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def test_s10_of_many_uses_at_the_same_moment_one_wins(app, reset_link):
    db.session.rollback()
    surfers = [app.test_client() for _ in range(8)]
    bodies = [{"password": OTHER, "csrf_token": s.form_token()} for s in surfers]
    calls = [
        lambda s=s, body=body: FlaskClient.open(s, reset_link, method="POST", data=body)
        for s, body in zip(surfers, bodies, strict=True)
    ]
    codes = sorted(answer.status_code for answer in _at_once(calls))
    db.session.rollback()
    assert codes == [303] + [410] * 7
    assert happened().count("PasswordChanged") == 1


def test_s10_of_many_people_who_want_one_name_one_gets_it(app):
    surfers = [app.test_client() for _ in range(8)]
    bodies = [
        {**FORM, "email": f"elke{n}@example.org", "csrf_token": s.form_token()}
        for n, s in enumerate(surfers)
    ]
    calls = [
        lambda s=s, body=body: FlaskClient.open(s, "/account/register", method="POST", data=body)
        for s, body in zip(surfers, bodies, strict=True)
    ]
    codes = sorted(answer.status_code for answer in _at_once(calls))
    db.session.rollback()
    assert codes.count(303) == 1
    assert set(codes) <= {303, 409, 422}
    assert count(Account) == 1
