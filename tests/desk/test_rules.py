"""Who works at the desk."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.accounts.actor import GUEST, Actor
from app.desk import rules

PEOPLE = {
    "guest": GUEST,
    "customer": Actor(id=1, role="customer"),
    "superuser": Actor(id=2, role="superuser", grants=frozenset({("moderate", "*")})),
    "agent": Actor(id=3, role="agent"),
    "moderator": Actor(id=4, role="moderator"),
    "admin": Actor(id=5, role="admin"),
    "suspended agent": Actor(id=6, role="agent", state="suspended"),
}
TEAM = {"agent", "moderator", "admin"}


@pytest.fixture(autouse=True)
def laid() -> None:
    """Rules are pure: nothing is laid for them."""


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_team_works_at_the_desk(who: str) -> None:
    person = PEOPLE[who]
    verdicts = (
        rules.can_work_at_desk(person),
        rules.can_release(person),
        rules.can_write_note(person),
        rules.can_use_replies(person),
        rules.can_assign(person, PEOPLE["agent"]),
    )
    assert {bool(v) for v in verdicts} == {who in TEAM}


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_team_can_be_in_charge(who: str) -> None:
    colleague = SimpleNamespace(is_staff=PEOPLE[who].is_staff)
    assert bool(rules.can_assign(PEOPLE["agent"], colleague)) == (who in TEAM)


@pytest.mark.parametrize("who", PEOPLE)
def test_moderators_and_administrators_write_canned_replies(who: str) -> None:
    assert bool(rules.can_change_replies(PEOPLE[who])) == (who in {"moderator", "admin"})


@pytest.mark.parametrize("who", PEOPLE)
def test_only_administrators_look_after_jobs(who: str) -> None:
    assert bool(rules.can_retry_job(PEOPLE[who])) == (who == "admin")
