"""Budgets: guessing and mail floods end soon, the owner still gets in, and the answer says when."""

from __future__ import annotations

import pytest

from app.accounts.limits import LINKS_ADDRESS, SIGN_IN_ACCOUNT, SIGN_IN_NETWORK
from app.core import hashing
from app.core.web.limits import Budget, client_network, spend, try_spend
from tests.accounts.conftest import FORM, OTHER, sign_in


@pytest.fixture
def environment(environment):
    return {**environment, "RATE_LIMITS": "on"}


@pytest.fixture
def evaluated(monkeypatch):
    """How often a password was really compared."""
    seen = []
    real = hashing._hasher.verify

    class Counting:
        def verify(self, password_hash, password):
            seen.append(password)
            return real(password_hash, password)

        def check_needs_rehash(self, password_hash):
            return False

    monkeypatch.setattr(hashing, "_hasher", Counting())
    return seen


def from_address(surfer, address):
    surfer.environ_base["REMOTE_ADDR"] = address
    return surfer


@pytest.mark.slow
def test_s43_of_many_guesses_few_are_evaluated_and_the_owner_still_signs_in(
    app, client, client_as, member, evaluated
):
    email = member("Karin")
    assert sign_in(client, email).status_code == 303
    client.submit("/account/logout")
    client.session_hash = None
    evaluated.clear()
    guesser = app.test_client()
    for number in range(300):
        from_address(guesser, f"203.0.113.{number % 250}")
        answer = guesser.submit("/account/login", email=email, password=OTHER)
    assert answer.status_code == 429
    assert len(evaluated) <= SIGN_IN_ACCOUNT.amount
    assert sign_in(client, email).status_code == 303, "the owner's own browser is known"


def test_an_unknown_address_is_throttled_in_the_same_way(client, member, evaluated):
    answers = [
        [sign_in(client, email, OTHER).status_code for _ in range(12)]
        for email in (member("Karin"), "nobody@example.net")
    ]
    assert answers[0] == answers[1] == [422] * 10 + [429] * 2


def test_one_network_cannot_try_many_accounts(client, evaluated):
    codes = [sign_in(client, f"person{n}@example.org", OTHER).status_code for n in range(60)]
    assert codes.count(422) == SIGN_IN_NETWORK.amount
    assert codes[-1] == 429


def test_the_answer_says_when_to_come_back_and_keeps_the_address(as_de):
    for _ in range(11):
        answer = sign_in(as_de, "karin@example.org", OTHER)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 15 * 60
    assert OTHER not in answer.text


def test_signing_in_rightly_does_not_use_up_the_budget(client, member, evaluated):
    email = member("Karin")
    for _ in range(15):
        client.delete_cookie("device", path="/account")
        assert sign_in(client, email).status_code == 303


def test_a_forged_device_mark_is_none(client, member, evaluated):
    client.set_cookie("device", "WzEsIngiXQ.aaaa.bbbb", path="/account")
    for _ in range(11):
        answer = sign_in(client, member("Karin"), OTHER)
    assert answer.status_code == 429


def test_the_mark_of_one_account_opens_no_other(app, client, member, evaluated):
    sign_in(client, member("Karin"))
    client.submit("/account/logout")
    client.session_hash = None
    email = member("Tom")
    guesser = from_address(app.test_client(), "203.0.113.7")
    for _ in range(10):
        sign_in(guesser, email, OTHER)
    assert sign_in(client, email).status_code == 429


def test_the_current_password_cannot_be_guessed_in_an_open_browser(client_as, member, evaluated):
    member("Karin")
    karin = client_as("Karin")
    form = {"current_password": "falsch geraten", "new_password": OTHER}
    codes = [karin.submit("/account/password", **form).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_nobodys_mailbox_is_flooded(client, member, mails):
    email = member("Karin")
    codes = [client.submit("/account/forgot", email=email).status_code for _ in range(8)]
    assert codes == [303] * LINKS_ADDRESS.amount + [429] * 2
    assert client.submit("/account/register", **{**FORM, "email": email}).status_code == 429
    assert len(mails()) <= LINKS_ADDRESS.amount


def test_links_for_addresses_without_account_are_throttled_too(client):
    codes = [client.submit("/account/forgot", email="no@example.net").status_code for _ in range(8)]
    assert codes == [303] * LINKS_ADDRESS.amount + [429] * 2


def test_an_unconfirmed_person_is_not_flooded_by_signing_in(client, mails):
    client.submit("/account/register", **FORM)
    for _ in range(9):
        sign_in(client, FORM["email"])
    assert len(mails()) <= LINKS_ADDRESS.amount


def test_registrations_of_one_network_are_bounded(client):
    codes = [
        client.submit(
            "/account/register", **{**FORM, "name": f"Gast{n}x", "email": f"g{n}@example.org"}
        ).status_code
        for n in range(32)
    ]
    assert codes[29] == 303
    assert codes[-1] == 429


@pytest.mark.parametrize(
    "address, network",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_household_is_one_network(app, address, network):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert client_network() == network


def test_a_claimed_address_changes_nothing(client, evaluated):
    for number in range(60):
        answer = (
            client.submit("/account/login", email=f"p{number}@example.org", password=OTHER)
            if number % 2
            else client.post(
                "/account/login",
                data={
                    "email": f"p{number}@example.org",
                    "password": OTHER,
                    "csrf_token": client.form_token(),
                },
                headers={"X-Forwarded-For": f"198.51.100.{number}"},
            )
        )
    assert answer.status_code == 429


def test_keys_do_not_share_a_budget_and_windows_end(app):
    import time_machine

    tight = Budget("tight", 2, 60)
    with app.test_request_context(), time_machine.travel("2030-01-01") as traveller:
        assert [try_spend(tight, "a") for _ in range(3)] == [True, True, False]
        assert try_spend(tight, "b")
        traveller.shift(61)
        spend(tight, "a")


def test_without_redis_the_budgets_stay_in_memory(environment, request):
    environment["REDIS_URL"] = "redis://127.0.0.1:1/0"
    app = request.getfixturevalue("app")
    tight = Budget("tight", 1, 60)
    with app.test_request_context():
        assert [try_spend(tight, "a") for _ in range(2)] == [True, False]
