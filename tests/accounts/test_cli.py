"""`flask create-account`: a confirmed account, one clear line for every mistake."""

from __future__ import annotations

import pytest

from app.accounts import actions
from app.accounts.models import Account, Consent
from app.core.db import db, transaction
from app.core.hashing import is_right
from app.moderation.actions import ensure_rulebook
from tests.accounts.conftest import GOOD, count, happened


@pytest.fixture
def run(app):
    def command(*arguments: str, **options):
        result = app.test_cli_runner().invoke(args=["create-account", *arguments], **options)
        db.session.rollback()
        return result

    return command


def account() -> Account:
    return db.session.query(Account).one()


def test_an_account_is_ready_with_a_random_password(run):
    with transaction():
        ensure_rulebook()
    result = run("Ada", "ada@example.org", "--role", "admin")
    assert result.exit_code == 0
    password = result.stdout.strip()
    assert len(password) == 20
    assert (account().role, account().state) == ("admin", "active")
    assert account().confirmed_at is not None
    assert is_right(account().password_hash, password)
    assert db.session.query(Consent).one().version == 1
    assert happened() == ["AccountCreated"]


def test_the_password_can_come_from_standard_input(run):
    result = run("Ada", "ada@example.org", "--password-stdin", input=f"{GOOD}\n")
    assert (result.exit_code, result.stdout) == (0, "")
    assert account().role == "customer"
    assert is_right(account().password_hash, GOOD)


def test_the_new_member_can_sign_in_at_once(run, client):
    run("Ada", "ada@example.org", "--password-stdin", input=GOOD)
    assert (
        client.submit("/account/login", email="ada@example.org", password=GOOD).status_code == 303
    )


@pytest.mark.parametrize(
    "arguments, password",
    [
        (("Ad", "ada@example.org"), GOOD),
        (("Аda", "ada@example.org"), GOOD),
        (("Ada", "ada"), GOOD),
        (("Ada", ""), GOOD),
        (("Ada", "ada@example.org"), "kurz"),
        (("Ada", "ada@example.org"), ""),
        (("Ada", "ada@example.org"), b"\xff\xfe\xff krumme Dosen"),
        (("Ada", "ada@example.org", "--role", "king"), GOOD),
        (("Ada",), GOOD),
        (("x" * 100_000, "ada@example.org"), GOOD),
        (("A\ud800da", "ada@example.org"), GOOD),
        (("A\x00da", "ada@example.org"), GOOD),
    ],
)
def test_a_mistake_is_one_clear_line(run, arguments, password):
    result = run(*arguments, "--password-stdin", input=password)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert "Error: " in result.stderr
    assert count(Account) == 0
    assert happened() == []


def test_a_taken_name_or_address_is_refused(run):
    run("Ada", "ada@example.org")
    again = run("ADA", "other@example.org")
    assert (again.exit_code, "Ada2" in again.stderr or "ADA2" in again.stderr) == (1, True)
    assert run("Bea", "ADA@example.org").exit_code == 1
    assert count(Account) == 1


def test_an_unconfirmed_registration_gives_way_to_the_operator(run, good_hash):
    from app.accounts.actor import GUEST

    with transaction():
        actions.register(
            GUEST, name="Elke", email="elke@example.org", password_hash=good_hash, locale="de"
        )
    assert run("Elke", "elke@example.org").exit_code == 1, "the name is taken by that registration"
    assert run("Elke7", "elke@example.org").exit_code == 0
    assert account().state == "active"
