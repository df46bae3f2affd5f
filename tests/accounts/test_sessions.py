"""Sessions: how long they live, who ends them, and that power ends with the next request (T-06)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from app.accounts.models import Account, SignedInSession
from app.accounts.session import cookie_name
from app.core import clock
from app.core.db import db, transaction
from tests import cast
from tests.accounts.conftest import GOOD, OTHER, count, happened, sign_in


def signed_in(surfer) -> bool:
    return surfer.get("/account/settings").status_code == 200


@pytest.mark.parametrize(
    "name, idle, absolute",
    [
        ("Karin", timedelta(days=14), timedelta(days=90)),
        ("Uwe", timedelta(days=14), timedelta(days=90)),
        ("Anna", timedelta(hours=12), timedelta(days=7)),
        ("Ada", timedelta(hours=12), timedelta(days=7)),
    ],
)
def test_s50_a_session_ends_when_idle_and_ends_for_good(client, member, name, idle, absolute):
    email, start = member(name), clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        sign_in(client, email)
        traveller.shift(idle - timedelta(minutes=1))
        assert signed_in(client), "reading alone keeps it alive"
        traveller.shift(idle - timedelta(minutes=1))
        assert signed_in(client)
        traveller.shift(idle + timedelta(minutes=1))
        assert not signed_in(client)
        client.session_hash = None  # the sign-in page was loaded as a guest
        sign_in(client, email)
        began = clock.now()
        while clock.now() - began < absolute - idle / 2:
            traveller.shift(idle / 4)
            assert signed_in(client)
        traveller.move_to(began + absolute + timedelta(minutes=1))
        assert not signed_in(client)


def test_a_kept_cookie_without_its_time_does_not_outlive_the_idle_time(client, member):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client, member("Karin"))
        secret = client.get_cookie(cookie_name()).value.partition(".")[0]
        traveller.shift(timedelta(days=10))
        assert signed_in(client)
        traveller.shift(timedelta(days=10))
        client.set_cookie(cookie_name(), secret)
        assert not signed_in(client)


def test_a_forged_time_is_worth_nothing(client, member):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client, member("Karin"))
        secret, _stamp, signature = client.get_cookie(cookie_name()).value.split(".")
        traveller.shift(timedelta(days=20))
        client.set_cookie(cookie_name(), f"{secret}.zzzzzz.{signature}")
        assert not signed_in(client)


def test_a_get_writes_nothing_and_a_post_notes_the_use(client, member):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client, member("Karin"))
        began = db.session.query(SignedInSession).one().seen_at
        traveller.shift(timedelta(hours=2))
        client.get("/members")
        assert db.session.query(SignedInSession).one().seen_at == began
        client.submit("/account/language", lang="de")
        assert db.session.query(SignedInSession).one().seen_at == clock.now()


@pytest.mark.parametrize("cookie", ["x", "x" * 4000, "ü.ä", "a.b.c.d", ".", "%00"])
def test_a_strange_cookie_is_a_guest(client, cookie):
    client.set_cookie(cookie_name(), cookie)
    assert client.get("/account/settings").status_code == 303


def test_undecodable_bytes_in_the_cookie_are_a_guest(client):
    headers = {"Cookie": f"{cookie_name()}=\xff\xfe.\x80"}
    assert client.get("/account/settings", headers=headers).status_code == 303


def test_the_list_shows_own_sessions_and_ends_one(client, client_as, member):
    email = member("Karin")
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(client, email)
    other = client_as("Karin")
    page = client.get("/account/sessions").text
    assert "Firefox, Linux" in page
    first, second = db.session.query(SignedInSession).order_by(SignedInSession.id)
    assert client.submit(f"/account/sessions/{second.id}/end").location.endswith(
        "done=session_ended"
    )
    assert not signed_in(other)
    assert signed_in(client)
    assert client.submit(f"/account/sessions/{second}/end").status_code == 404


def test_a_strangers_session_does_not_exist(client_as):
    karin, tom = client_as("Karin"), client_as("Tom")
    toms = db.session.query(SignedInSession).filter_by(account_id=cast.account("Tom").id).one()
    assert karin.submit(f"/account/sessions/{toms.id}/end").status_code == 404
    assert karin.submit("/account/sessions/9223372036854775808/end").status_code == 404
    assert signed_in(tom)


def test_signing_out_everywhere_ends_every_session_of_this_person_only(client_as):
    phone, desk, tom = client_as("Karin"), client_as("Karin"), client_as("Tom")
    response = phone.submit("/account/logout-everywhere")
    assert response.location == "/account/login?done=signed_out_everywhere"
    assert not signed_in(phone)
    assert not signed_in(desk)
    assert signed_in(tom)


def test_guests_have_nothing_to_end(client):
    assert client.submit("/account/logout-everywhere").status_code == 401
    assert client.submit("/account/sessions/1/end").status_code == 401


@pytest.mark.parametrize("state", ["erased", "pending", "imported"])
def test_a_lost_account_is_a_guest_at_the_next_request(client_as, state):
    karin = client_as("Karin")
    assert signed_in(karin)
    with transaction():
        cast.account("Karin").state = state
    assert not signed_in(karin)


def test_a_suspension_holds_at_the_next_request(client_as):
    karin = client_as("Karin")
    assert karin.get("/topics/ask").status_code == 200
    with transaction():
        cast.account("Karin").state = "suspended"
    assert karin.get("/topics/ask").status_code == 403
    assert signed_in(karin)


def test_a_lost_role_shortens_or_lengthens_nothing_but_takes_the_power(client_as):
    anna = client_as("Anna")
    cast.make_topic("Nur fürs Team", author="Anna", board_slug="team")
    assert "Nur fürs Team" in anna.get("/boards/team").text
    with transaction():
        cast.account("Anna").role = "customer"
    assert anna.get("/boards/team").status_code == 404


def test_changing_the_password_ends_the_other_sessions_and_says_so(
    client, client_as, member, mails
):
    email = member("Karin")
    elsewhere = client_as("Karin")
    sign_in(client, email)
    before = client.get_cookie(cookie_name()).value
    response = client.submit("/account/password", current_password=GOOD, new_password=OTHER)
    assert response.location == "/account/password?done=password_changed"
    assert signed_in(client)
    assert client.get_cookie(cookie_name()).value != before
    assert not signed_in(elsewhere)
    assert count(SignedInSession) == 1
    assert [m["To"] for m in mails()] == [email]
    assert happened() == ["SignedIn", "PasswordChanged"]


@pytest.mark.parametrize(
    "fields, wrong",
    [
        ({"current_password": OTHER}, "current_password"),
        ({"current_password": ""}, "current_password"),
        ({"new_password": "kurz"}, "new_password"),
        ({"new_password": ""}, "new_password"),
        ({"new_password": "karin-karin-karin"}, "new_password"),
        ({"new_password": "x" * 129}, "new_password"),
    ],
)
def test_a_password_is_not_changed_by_bad_input(client, member, mails, fields, wrong):
    sign_in(client, member("Karin"))
    form = {"current_password": GOOD, "new_password": OTHER, **fields}
    page = client.submit("/account/password", **form)
    assert page.status_code == 422
    assert f'id="{wrong}-error"' in page.text
    assert mails() == []
    assert happened() == ["SignedIn"]


def test_settings_are_saved_and_shown(client_as):
    karin = client_as("Karin")
    form = {"about": "  Neu hier.\r\n", "locale": "en", "mail_answer": "y"}
    assert karin.submit("/account/settings", **form).location.endswith("done=settings_saved")
    row = db.session.query(Account).filter_by(name="Karin").one()
    assert (row.about, row.locale) == ("Neu hier.", "en")
    assert (row.mail_answer, row.mail_mention, row.mail_acceptance) == (True, False, False)
    assert "Neu hier." in karin.get("/account/settings").text


@pytest.mark.parametrize(
    "field, value", [("about", "x" * 1001), ("about", "a\x00b"), ("locale", "fr"), ("locale", "")]
)
def test_bad_settings_change_nothing(client_as, field, value):
    karin = client_as("Karin")
    page = karin.submit("/account/settings", **{"about": "Neu.", "locale": "de", field: value})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert (
        db.session.query(Account).filter_by(name="Karin").one().about == "Frage lieber einmal mehr."
    )


def test_settings_of_others_cannot_be_named(client_as):
    karin = client_as("Karin")
    tom = cast.account("Tom").id
    karin.submit("/account/settings", about="Ich.", locale="de", id=str(tom), role="admin")
    assert db.session.get(Account, tom).about == "Helfe gern beim Router."
    assert db.session.query(Account).filter_by(name="Karin").one().role == "customer"


def test_own_pages_ask_guests_to_sign_in(client):
    for path in ("/account/settings", "/account/password", "/account/sessions"):
        assert client.get(path).location == f"/account/login?next={path}"
