"""The programme's rules as a table: person × state → sentence; criteria and terms by the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.accounts.actor import GUEST, Actor
from app.accounts.models import ROLES
from app.core.rules import Verdict
from app.superusers import rules

TEAM_ONLY = "Only the service team decides what a member may do here."
OWN = "Nobody decides about their own account. Please ask a colleague."
ABOVE = (
    "This person has the same role as you or a higher one. Please ask somebody whose "
    "role is higher."
)
DECIDED = "This nomination is already decided."
UNANSWERED = "Only an invitation that nobody has answered yet can be taken back."
NO_INVITATION = "There is no invitation for you right now. The team sends them."
OVER = "This term is already over."
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)

PEOPLE = {
    "guest": GUEST,
    "customer": Actor(id=1, role="customer"),
    "superuser": Actor(id=2, role="superuser"),
    "agent": Actor(id=3, role="agent"),
    "moderator": Actor(id=4, role="moderator"),
    "admin": Actor(id=5, role="admin"),
    "suspended agent": Actor(id=6, role="agent", state="suspended"),
}


def about(role: str = "customer", **more: Any) -> Any:
    return SimpleNamespace(account_id=9, role=role, **more)


@pytest.mark.parametrize(
    ("who", "role", "state", "sentence"),
    [
        ("guest", "customer", "open", TEAM_ONLY),
        ("customer", "customer", "open", TEAM_ONLY),
        ("superuser", "customer", "open", TEAM_ONLY),
        ("suspended agent", "customer", "open", TEAM_ONLY),
        ("agent", "customer", "open", ""),
        ("moderator", "customer", "open", ""),
        ("admin", "customer", "open", ""),
        ("agent", "agent", "open", ABOVE),
        ("agent", "admin", "open", ABOVE),
        *(("agent", "customer", s, DECIDED) for s in ("confirmed", "declined", "accepted")),
        *(("agent", "customer", s, DECIDED) for s in ("refused", "withdrawn")),
    ],
)
def test_who_decides_a_nomination(who: str, role: str, state: str, sentence: str) -> None:
    assert said(rules.can_decide_nomination(PEOPLE[who], about(role, state=state))) == sentence


def test_nobody_decides_about_himself() -> None:
    for role in ROLES:
        me = Actor(id=9, role=role)
        for verdict in (
            rules.can_decide_nomination(me, about(role, state="open")),
            rules.can_withdraw_invitation(me, about(role, state="confirmed")),
            rules.can_end_term(me, about(role, ended_at=None)),
            rules.can_renew_term(me, about(role, ended_at=None, ends_at=NOW), NOW),
        ):
            assert said(verdict) == (OWN if me.is_staff else TEAM_ONLY)


@pytest.mark.parametrize("state", ["open", "declined", "accepted", "refused", "withdrawn"])
def test_only_an_unanswered_invitation_is_taken_back(state: str) -> None:
    agent = PEOPLE["agent"]
    assert said(rules.can_withdraw_invitation(agent, about(state=state))) == UNANSWERED
    assert rules.can_withdraw_invitation(agent, about(state="confirmed"))


@pytest.mark.parametrize(
    ("actor", "account_id", "state", "sentence"),
    [
        (GUEST, 1, "confirmed", "Please sign in to take part."),
        (
            Actor(id=1, role="customer", state="suspended"),
            1,
            "confirmed",
            "Your account is suspended. You can still read, but not write. The service team can "
            "tell you more.",
        ),
        (Actor(id=1, role="customer"), 2, "confirmed", NO_INVITATION),
        (Actor(id=1, role="customer"), 1, "open", NO_INVITATION),
        (Actor(id=1, role="customer"), 1, "withdrawn", NO_INVITATION),
        (Actor(id=1, role="agent"), 1, "confirmed", NO_INVITATION),
        (Actor(id=1, role="customer"), 1, "confirmed", ""),
    ],
)
def test_who_answers_an_invitation(
    actor: Actor, account_id: int, state: str, sentence: str
) -> None:
    nomination = SimpleNamespace(account_id=account_id, state=state)
    assert said(rules.can_answer_invitation(actor, nomination)) == sentence
    assert not rules.can_answer_invitation(actor, None)


@pytest.mark.parametrize(("who", "allowed"), [("superuser", False), ("agent", True)])
def test_who_ends_a_term(who: str, allowed: bool) -> None:
    assert bool(rules.can_end_term(PEOPLE[who], about("superuser", ended_at=None))) is allowed
    if allowed:
        assert said(rules.can_end_term(PEOPLE[who], about("superuser", ended_at=NOW))) == OVER


@pytest.mark.parametrize(("days", "allowed"), [(29, False), (28, True), (0, True), (-1, True)])
def test_a_term_is_renewed_in_its_last_four_weeks(days: int, allowed: bool) -> None:
    term = about("superuser", ended_at=None, ends_at=NOW + timedelta(days=days))
    assert bool(rules.can_renew_term(PEOPLE["agent"], term, NOW)) is allowed


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ((2026, 5, 1), (2027, 5, 1)),
        ((2028, 2, 29), (2029, 2, 28)),
        ((2026, 12, 31), (2027, 12, 31)),
    ],
)
def test_a_term_lasts_twelve_months(begins: Any, ends: Any) -> None:
    assert rules.end_of_term(datetime(*begins, tzinfo=UTC)) == datetime(*ends, tzinfo=UTC)


def figures(**given: int) -> Any:
    return SimpleNamespace(**{"points": 0, "solutions": 0, "thankers": 0, "days": 0, **given})


def test_every_criterion_must_be_met() -> None:
    asked = figures(points=10, solutions=1, thankers=2, days=3)
    assert rules.meets(asked, asked)
    for name in rules.CRITERIA:
        less = figures(**{**vars(asked), name: getattr(asked, name) - 1})
        assert not rules.meets(asked, less), name


def test_the_highest_step_that_is_reached_counts() -> None:
    steps = [figures(), figures(points=10), figures(points=20), figures(points=20, days=9)]
    assert rules.deserved(steps, figures(points=25)) is steps[2]
    assert rules.deserved(steps[1:], figures(points=9)) is None


@pytest.mark.parametrize(("days", "lost"), [(0, False), (13, False), (14, True), (400, True)])
def test_a_rank_is_kept_for_two_weeks(days: int, lost: bool) -> None:
    assert rules.may_lose_rank(NOW - timedelta(days=days), NOW) is lost
    assert rules.may_lose_rank(None, NOW)


def said(verdict: Verdict) -> str:
    assert bool(verdict) is not bool(verdict.message)
    return verdict.message
