"""S12, S33: budgets per account, network and for all; the refusal is kind and keeps the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from flask import Flask

from app.core.web.limits import STANDINGS, Budget, Limits, limits_of, try_spend
from app.core.web.limits.storage import Memory
from tests import cast
from tests.surfer import Surfer

TYPED = "Zehn Sekunden den Stecker <ziehen>."


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "RATE_LIMITS": "on"}


@pytest.fixture
def tighten(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`tighten("forum.search", network=(2, 60))`: other figures for one route."""

    def change(endpoint: str, **figures: object) -> None:
        limits = Limits(f"tight-{endpoint}", **figures)  # type: ignore[arg-type]
        monkeypatch.setattr(app.view_functions[endpoint], "limits", limits)

    return change


def codes(browser: Surfer, path: str, times: int, **more: object) -> list[int]:
    return [browser.get(path, **more).status_code for _ in range(times)]


def test_s12_a_refused_answer_is_kept_and_says_when_to_come_back(
    client_as: Callable[..., Surfer], tighten: Callable[..., None]
) -> None:
    tighten("forum.post_answer", account=(1, 600))
    topic_id, tom = cast.make_topic().id, client_as("Tom")
    address = f"/topics/{topic_id}/posts"
    assert tom.submit(address, text="Haben Sie den Stecker gezogen?").status_code == 303
    answer = tom.submit(address, text=TYPED)
    assert answer.status_code == 429
    assert 590 <= int(answer.headers["Retry-After"]) <= 600
    assert "Das war etwas viel in kurzer Zeit" in answer.text
    assert "in 10 Minuten noch einmal" in answer.text
    assert "Zehn Sekunden den Stecker &lt;ziehen&gt;." in answer.text
    assert f'action="{address}"' in answer.text, "one press sends it again"
    fields = {"csrf_token": tom.form_token(), "text": TYPED}
    fragment = tom.post(address, data=fields, headers={"HX-Request": "true"})
    assert fragment.status_code == 429
    assert "<html" not in fragment.text
    assert "Das war etwas viel" in fragment.text
    in_english = client_as("Tom", "en").submit(address, text=TYPED)
    assert "Please try again in 10 minutes." in in_english.text


def test_a_guests_search_is_refused_without_a_form(
    client: Surfer, tighten: Callable[..., None]
) -> None:
    tighten("forum.search", network=(2, 60))
    assert codes(client, "/search?q=Router", 3) == [200, 200, 429]
    answer = client.get("/search?q=Router")
    assert "<textarea" not in answer.text
    assert int(answer.headers["Retry-After"]) <= 60
    assert client.get("/").status_code == 200, "only what is dear is refused"


def test_one_network_leaves_enough_for_all_others(
    app: Flask, client: Surfer, tighten: Callable[..., None]
) -> None:
    tighten("forum.search", network=(2, 60), total=(20, 60))
    codes(client, "/search?q=a", 50)
    other = app.test_client()
    other.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    assert other.get("/search?q=a").status_code == 200


def test_a_provider_with_many_networks_is_one_neighbourhood(
    client: Surfer, tighten: Callable[..., None]
) -> None:
    tighten("forum.search", network=(2, 60), total=(1_000, 60))
    answers = []
    for number in range(20):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:{number:x}::7"
        answers.append(client.get("/search?q=a").status_code)
    assert answers == [200] * 16 + [429] * 4
    client.environ_base["REMOTE_ADDR"] = "2001:db8:2::7"
    assert client.get("/search?q=a").status_code == 200


def test_members_have_their_own_total_and_the_team_has_none(
    client: Surfer, client_as: Callable[..., Surfer], tighten: Callable[..., None]
) -> None:
    tighten("forum.search", account=(10, 60), network=(10, 60), total=(2, 60))
    assert codes(client, "/search?q=a", 3) == [200, 200, 429]
    assert "Hier ist gerade sehr viel los" in client.get("/search?q=a").text
    assert codes(client_as("Karin"), "/search?q=a", 3) == [200, 200, 429]
    assert codes(client_as("Anna"), "/search?q=a", 15) == [200] * 15


def test_newcomers_have_half_and_helpers_three_times_as_much(
    client_as: Callable[..., Surfer], tighten: Callable[..., None]
) -> None:
    tighten("forum.search", account=(4, 60))
    assert codes(client_as("Nele"), "/search?q=a", 5).count(200) == 2
    assert codes(client_as("Tom"), "/search?q=a", 5).count(200) == 4
    cast.grant("Nele", "trusted")
    assert codes(client_as("Nele"), "/search?q=a", 5).count(200) == 4, "somebody vouches for her"


def test_standings_are_told_by_rank_role_and_age(app: Flask) -> None:
    from app.accounts.actor import GUEST, Actor

    people: Mapping[str, Actor] = {
        "guest": GUEST,
        "newcomer": Actor(id=1, role="customer", is_newcomer=True),
        "member": Actor(id=1, role="customer"),
        "helper": Actor(id=1, role="customer", rank="silver", is_newcomer=True),
        "staff": Actor(id=1, role="agent", is_newcomer=True),
    }
    assert {name: person.standing for name, person in people.items()} == {n: n for n in STANDINGS}
    assert Actor(id=1, role="superuser").standing == "helper"
    assert Actor(id=1, role="agent", state="suspended").standing == "member"


def test_s33_a_claimed_address_changes_nothing(
    client: Surfer, tighten: Callable[..., None]
) -> None:
    tighten("forum.search", network=(2, 60))
    answers = [
        client.get("/search?q=a", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code
        for n in range(4)
    ]
    assert answers == [200, 200, 429, 429]


def test_s33_behind_one_proxy_only_its_own_word_counts(
    environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    environment["PROXY_HOPS"] = "1"
    client: Surfer = request.getfixturevalue("client")
    request.getfixturevalue("tighten")("forum.search", network=(2, 60))
    real = "192.0.2.1"
    answers = [
        client.get("/search?q=a", headers={"X-Forwarded-For": f"198.51.100.{n}, {real}"})
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    other = client.get("/search?q=a", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.2"})
    assert other.status_code == 200


def test_switched_off_nothing_counts(
    environment: dict[str, str], request: pytest.FixtureRequest
) -> None:
    environment["RATE_LIMITS"] = "off"
    client: Surfer = request.getfixturevalue("client")
    request.getfixturevalue("tighten")("forum.search", network=(1, 60), total=(1, 60))
    assert codes(client, "/search?q=a", 5) == [200] * 5


def test_a_flood_of_keys_is_forgotten_and_who_is_held_back_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.core.web.limits.storage.MOST_KEYS", 100)
    memory = Memory()
    for number in range(1_000):
        memory.incr(f"flood-{number}", 60)
        memory.incr("guesser", 60)
    assert memory.get("guesser") == 1_000
    assert memory.reset() <= 100


def test_keys_do_not_tell_whom_they_are_about(app: Flask) -> None:
    with app.test_request_context():
        try_spend(Budget("told", 5, 60), "karin@example.org")
    memory = app.extensions["helferkreis.limits"]._here.storage
    (key,) = memory._counts
    assert "karin" not in key
    assert limits_of(app, "forum.search") is not None
