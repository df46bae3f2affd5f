"""Who may report, hide, decide and object: a table of actor × thing → the sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.accounts.actor import GUEST, Actor
from app.moderation import rules

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ROLES = ("customer", "superuser", "agent", "moderator", "admin")


@pytest.fixture(autouse=True)
def rulebook() -> None:
    """Rules are pure: nothing is laid for them."""


def somebody(role: str, *, id: int = 1, state: str = "active", scope: str | None = None) -> Actor:
    grants = frozenset({(rules.MODERATE, scope)}) if scope else frozenset()
    return Actor(id=id, name="x", role=role, state=state, grants=grants)


def item(*, author: int = 9, role: str = "customer", state: str = "visible", board: int = 3):
    return SimpleNamespace(
        author_id=author, author_role=role, state=state, board_id=board, kind="answer"
    )


def case(state: str = "open") -> SimpleNamespace:
    return SimpleNamespace(state=state)


@pytest.mark.parametrize(
    ("actor", "thing", "sentence"),
    [
        (GUEST, item(), "Please sign in to report a post."),
        (somebody("customer"), item(), ""),
        (somebody("customer"), item(author=1), "This is your own post. You cannot report it."),
        (somebody("customer", state="suspended"), item(), "Your account is suspended."),
        (somebody("customer"), item(state="hidden"), "This post cannot be reported"),
        (somebody("admin"), item(role="admin"), ""),
    ],
)
def test_who_may_report(actor, thing, sentence):
    verdict = rules.can_report_post(actor, thing)
    assert bool(verdict) == (sentence == "")
    assert verdict.message.startswith(sentence)


@pytest.mark.parametrize(
    ("actor", "thing", "kind", "sentence"),
    [
        (
            GUEST,
            item(),
            "hide",
            "You do not moderate this board. Please leave the case to those who do.",
        ),
        (
            somebody("customer", scope="*"),
            item(),
            "hide",
            "You do not moderate this board. Please leave the case to those who do.",
        ),
        (
            somebody("superuser"),
            item(),
            "hide",
            "You do not moderate this board. Please leave the case to those who do.",
        ),
        (
            somebody("superuser", scope="board:4"),
            item(),
            "hide",
            "You do not moderate this board. Please leave the case to those who do.",
        ),
        (somebody("superuser", scope="board:3"), item(), "hide", ""),
        (somebody("superuser", scope="*"), item(), "hide", ""),
        (somebody("superuser", scope="*"), item(), "keep", "Super users can hide a post."),
        (somebody("superuser", scope="*"), item(state="hidden"), "hide", "Super users can hide"),
        (somebody("superuser", scope="*"), item(state="held"), "approve", "Super users can hide"),
        (somebody("superuser", scope="*"), item(role="superuser"), "hide", rules.TOO_HIGH),
        (somebody("superuser", scope="*", id=9), item(), "hide", rules.NOT_YOURS),
        (somebody("agent"), item(), "hide", ""),
        (somebody("agent"), item(), "keep", ""),
        (somebody("agent"), item(), "restore", "This is not possible in the state"),
        (somebody("agent"), item(state="hidden"), "restore", ""),
        (somebody("agent"), item(state="held"), "reject", ""),
        (somebody("agent"), item(state="removed"), "restore", "This is not possible in the state"),
        (somebody("agent"), item(role="agent"), "hide", rules.TOO_HIGH),
        (somebody("agent"), item(role="admin"), "keep", rules.TOO_HIGH),
        (somebody("moderator"), item(role="agent"), "hide", ""),
        (somebody("admin", id=9), item(), "hide", rules.NOT_YOURS),
        (
            somebody("agent", state="suspended"),
            item(),
            "hide",
            "You do not moderate this board. Please leave the case to those who do.",
        ),
    ],
)
def test_who_may_decide(actor, thing, kind, sentence):
    verdict = rules.can_decide(actor, case(), thing, kind)
    assert bool(verdict) == (sentence == "")
    assert verdict.message.startswith(sentence)


def test_nobody_decides_a_case_twice():
    verdict = rules.can_decide(somebody("admin"), case("decided"), item(), "hide")
    assert verdict.message == "This case is already decided. Please look at the decision."


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("other", ROLES)
def test_nobody_acts_on_equals_or_superiors(role, other):
    verdict = rules.can_act_on_post(somebody(role, scope="*"), item(role=other))
    allowed = role != "customer" and ROLES.index(role) > ROLES.index(other)
    assert bool(verdict) == allowed


def decision(**changes):
    values = {
        "author_id": 9,
        "kind": "hide",
        "decided_at": NOW,
        "reversed_by": None,
        "appeal_id": None,
        "tells_author": True,
    }
    return SimpleNamespace(**{**values, **changes})


@pytest.mark.parametrize(
    ("actor", "thing", "now", "sentence"),
    [
        (somebody("customer", id=9), decision(), NOW, ""),
        (somebody("customer", id=9, state="suspended"), decision(), NOW, ""),
        (somebody("customer", id=9), decision(), NOW + timedelta(days=183), ""),
        (somebody("customer", id=9), decision(), NOW + timedelta(days=184), "The time to object"),
        (somebody("customer"), decision(), NOW, "Only the author can object"),
        (somebody("admin"), decision(), NOW, "Only the author can object"),
        (somebody("customer", id=9), decision(kind="keep"), NOW, "This decision restricts nothing"),
        (
            somebody("customer", id=9),
            decision(reversed_by=3),
            NOW,
            "This decision has been reversed",
        ),
        (somebody("customer", id=9), decision(appeal_id=3), NOW, "You have already objected"),
    ],
)
def test_who_may_object(actor, thing, now, sentence):
    verdict = rules.can_appeal(actor, thing, now=now)
    assert bool(verdict) == (sentence == "")
    assert verdict.message.startswith(sentence)


@pytest.mark.parametrize(
    ("actor", "deciders", "allowed"),
    [
        (somebody("agent", id=2), {3}, True),
        (somebody("agent", id=2), {2, 3}, False),
        (somebody("superuser", id=2, scope="*"), {3}, False),
        (somebody("customer", id=9), {3}, False),
        (somebody("admin", id=9), {3}, False),
    ],
)
def test_an_objection_is_decided_by_somebody_else(actor, deciders, allowed):
    verdict = rules.can_decide_appeal(actor, decision(), item(), deciders=deciders)
    assert bool(verdict) == allowed
    assert allowed or verdict.message


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (GUEST, False),
        (somebody("customer"), False),
        (somebody("superuser", scope="*"), False),
        (somebody("customer", id=9), True),
        (somebody("agent"), True),
    ],
)
def test_who_may_read_a_decision(actor, allowed):
    assert bool(rules.can_read_decision(actor, decision())) == allowed


def test_the_author_is_not_told_of_a_report_that_came_to_nothing():
    keep = decision(kind="keep", tells_author=False)
    assert not rules.can_read_decision(somebody("customer", id=9), keep)
