"""Access tokens: made by the operator, bound to the account, revoked by its owner (T-06, S52)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from app.accounts import actions, upkeep
from app.accounts.actor import Actor
from app.accounts.models import Account, ApiToken
from app.core import clock
from app.core.db import db, transaction
from app.core.tokens import hash_of
from tests import cast
from tests.accounts.conftest import happened
from tests.visibility.test_edge import everything

TOKEN = re.compile(r"hk_[A-Za-z0-9_-]{43}\n")


@pytest.fixture
def run(app):
    def command(*arguments: str):
        result = app.test_cli_runner().invoke(args=["create-token", *arguments])
        db.session.rollback()
        return result

    return command


def token() -> ApiToken:
    return db.session.scalars(db.select(ApiToken)).one()


def test_s52_the_command_prints_the_token_alone_and_keeps_its_hash(run, client):
    cast.account("Karin")
    result = run("KARIN@example.org ", "--scope", "write", "--label", " Mein\n Skript ")
    assert result.exit_code == 0
    assert TOKEN.fullmatch(result.stdout)
    assert result.stderr == ""
    secret = result.stdout.strip()
    assert (token().secret_hash, token().label) == (hash_of(secret), "Mein Skript")
    assert token().expires_at - token().created_at == timedelta(days=365)
    assert secret not in repr(everything())
    assert happened() == ["ApiTokenMade"]
    answer = client.get("/api/v1/topics", headers={"Authorization": f"bearer {secret}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody@example.org", "--scope", "read"), "There is no account with the address"),
        (("bert@example.org", "--scope", "read"), "is suspended; only an active one"),
        (("karin@example.org", "--scope", "all"), "'all' is not one of"),
        (("karin@example.org",), "Missing option '--scope'"),
        (("karin@example.org", "--scope", "read", "--days", "0"), "0 is not in the range"),
    ],
)
def test_a_mistake_is_told_and_makes_no_token(run, arguments, sentence):
    cast.account("Karin")
    cast.account("Bert")
    result = run(*arguments)
    assert (result.exit_code != 0, result.stdout) == (True, "")
    assert sentence in result.stderr
    assert db.session.scalars(db.select(ApiToken)).all() == []


def _suspend(account: Account) -> None:
    account.state = "suspended"


def _erase(account: Account) -> None:
    account.state = "erased"


def _unconfirm(account: Account) -> None:
    account.state = "pending"


def _revoke(account: Account) -> None:
    actions.revoke_api_token(cast.actor(account.name), token())


def _expire(account: Account) -> None:
    token().expires_at = clock.now()


def _lose_the_row(account: Account) -> None:
    db.session.delete(token())


@pytest.mark.parametrize(
    "lose",
    [_suspend, _erase, _unconfirm, _revoke, _expire, _lose_the_row],
    ids=lambda f: f.__name__,
)
def test_t06_a_token_ends_with_the_next_request(program_as, lose):
    topic = cast.make_topic(author="Tom")
    program = program_as("Anna")
    posts = f"/api/v1/topics/{topic.id}/posts"
    assert program.get("/api/v1/topics").status_code == 200
    assert program.post(posts, json={"text": "Ich bin noch da."}).status_code == 201
    with transaction():
        lose(cast.account("Anna"))
    before = everything()
    answers = [program.get("/api/v1/topics"), program.post(posts, json={"text": "Noch immer."})]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json["error"]["code"] == "no_valid_token"
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert everything() == before


def test_t06_a_demoted_member_sees_less_with_the_next_request(program_as):
    topic = cast.make_topic(author="Anna", board_slug="team")
    program, url = program_as("Anna", "read"), f"/api/v1/topics/{topic.id}"
    assert program.get(url).status_code == 200
    with transaction():
        cast.account("Anna").role = "customer"
    assert program.get(url).status_code == 404


@pytest.mark.parametrize("scope", ["read", "write", "moderate", "import"])
def test_s52_a_scope_is_a_ceiling(program_as, scope):
    """A wide token of a customer is still a customer's; a narrow one of the team only reads."""
    topic = cast.make_topic(author="Karin", board_slug="team")
    customer, agent = program_as("Tom", scope), program_as("Anna", scope)
    url = f"/api/v1/topics/{topic.id}"
    assert (customer.get(url).status_code, agent.get(url).status_code) == (404, 200)
    wrote = agent.post(f"{url}/posts", json={"text": "Hallo zusammen"})
    assert wrote.status_code == (403 if scope == "read" else 201)
    assert ("darf nur lesen" in wrote.text) == (scope == "read")
    assert Actor(token_scope=scope).has_scope("import") == (scope == "import")
    assert Actor(token_scope=scope).has_scope("moderate") == (scope == "moderate")
    assert Actor().has_scope("moderate"), "a person is bound by the rules alone"


def test_s31_a_cookie_is_nobody_here_and_a_token_is_nobody_elsewhere(client_as, program_as):
    topic = cast.make_topic(author="Karin", board_slug="mitglieder")
    browser, program = client_as("Karin"), program_as("Karin")
    assert browser.get(f"/topics/{topic.id}", follow_redirects=True).status_code == 200
    assert browser.get(f"/api/v1/topics/{topic.id}").status_code == 404
    sent = browser.post(f"/api/v1/topics/{topic.id}/posts", json={"text": "Hallo zusammen"})
    assert (sent.status_code, sent.json["error"]["code"]) == (401, "no_valid_token")
    assert program.get(f"/api/v1/topics/{topic.id}").status_code == 200
    assert program.get(f"/topics/{topic.id}").status_code == 404
    assert program.submit(f"/topics/{topic.id}/posts", text="Hallo").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic a2FyaW46eA==", "Bearer x y", "Token x", "Bearer ü"]
)
def test_a_bad_token_is_never_a_guest(client, header):
    answer = client.get("/api/v1/topics", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (401, "no-store")


def test_reading_writes_nothing_and_writing_is_noted_once_a_day(program_as):
    topic = cast.make_topic(author="Tom")
    program = program_as("Karin")
    before = everything()
    for url in ("/api/v1/topics", f"/api/v1/topics/{topic.id}", "/api/v1/articles"):
        assert program.get(url).headers["Cache-Control"] == "no-store"
    assert everything() == before
    program.put(f"/api/v1/posts/{topic.last_post_id}/vote")
    first = token().used_at
    program.delete(f"/api/v1/posts/{topic.last_post_id}/vote")
    assert first is not None
    assert token().used_at == first
    with transaction():
        token().expires_at = clock.now() + timedelta(days=2)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        program.put(f"/api/v1/posts/{topic.last_post_id}/vote")
        db.session.expire_all()
        assert token().used_at > first


def test_the_owner_sees_and_revokes_tokens_and_nobody_else_does(client_as, as_de):
    cast.token("Karin")
    cast.token("Tom", "moderate")
    own, other = db.session.scalars(db.select(ApiToken.id).order_by(ApiToken.id))
    browser = client_as("Karin", "de")
    page = browser.get("/account/sessions").text
    assert "Programme, die für Sie handeln" in page
    assert "darf lesen und schreiben" in page
    assert "moderieren" not in page
    assert browser.submit(f"/account/tokens/{other}/revoke").status_code == 404
    assert browser.submit("/account/tokens/99999/revoke").status_code == 404
    answer = browser.submit(f"/account/tokens/{own}/revoke")
    assert answer.location == "/account/sessions?done=token_revoked"
    assert "Der Zugangsschlüssel ist widerrufen." in browser.get(answer.location).text
    assert "Programme" not in browser.get("/account/sessions").text
    assert browser.submit(f"/account/tokens/{own}/revoke").status_code == 404
    assert happened()[-1] == "ApiTokenRevoked"
    assert "may read, write and moderate" in client_as("Tom", "en").get("/account/sessions").text


def test_whoever_has_no_token_reads_nothing_about_them(client_as):
    assert "Programm" not in client_as("Karin", "de").get("/account/sessions").text


def test_ended_tokens_are_forgotten(program_as):
    program_as("Karin")
    program_as("Tom")
    with transaction():
        db.session.scalars(db.select(ApiToken)).first().revoked_at = clock.now()
    with time_machine.travel(clock.now() + timedelta(hours=60)):
        with transaction():
            upkeep.forget_expired()
        assert db.session.scalars(db.select(ApiToken)).all() == []


def test_programs_wait_for_the_netiquette_too(netiquette, program_as):
    topic, program = cast.make_topic(author="Tom"), program_as("Karin")
    answer = program.post(f"/api/v1/topics/{topic.id}/posts", json={"text": "Hallo"})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")
    assert "stimmen Sie ihr zuerst zu" in answer.json["error"]["message"]
    assert program.get(f"/api/v1/topics/{topic.id}").status_code == 200
