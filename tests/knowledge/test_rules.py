"""The rules of the knowledge base as tables: actor × state → allowed, or why not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.accounts.actor import GUEST, Actor
from app.core.clock import now
from app.knowledge import rules

TOM = Actor(id=2, name="Tom", role="customer")
UWE = Actor(id=3, name="Uwe", role="superuser")
ANNA = Actor(id=4, name="Anna", role="agent")
MO = Actor(id=5, name="Mo", role="moderator")
ADA = Actor(id=6, name="Ada", role="admin")
BERT = Actor(id=7, name="Bert", role="agent", state="suspended")
OTHERS = (GUEST, TOM, UWE, BERT)
STAFF = (ANNA, MO, ADA)


def article(**changes: Any) -> SimpleNamespace:
    base = {
        "state": "draft",
        "audience": 0,
        "current_revision_id": None,
        "latest_revision_id": 1,
        "review_asked_at": None,
        "credit_account_id": TOM.id,
    }
    return SimpleNamespace(**{**base, **changes})


DRAFT = article()
REVIEW = article(state="review", review_asked_at=now())
PUBLISHED = article(state="published", current_revision_id=1)
CHANGED = article(state="published", current_revision_id=1, latest_revision_id=2)
ARCHIVED = article(state="archived", current_revision_id=1)


@pytest.mark.parametrize("actor", OTHERS)
@pytest.mark.parametrize("thing", [DRAFT, REVIEW, PUBLISHED, ARCHIVED])
def test_only_staff_work_on_articles(actor: Actor, thing: Any) -> None:
    for verdict in (
        rules.can_edit_articles(actor),
        rules.can_revise_article(actor, thing),
        rules.can_send_to_review(actor, thing),
        rules.can_send_back(actor, thing),
        rules.can_publish(actor, thing, written_by=99, by_another=False),
        rules.can_archive(actor, thing),
        rules.can_decide_on_suggestion(actor, SimpleNamespace(state="open")),
    ):
        assert verdict.message == rules.STAFF_ONLY


@pytest.mark.parametrize("actor", STAFF)
@pytest.mark.parametrize(
    ("thing", "revise", "review", "back", "publish"),
    [
        (DRAFT, "", "", rules.NOT_IN_REVIEW, ""),
        (REVIEW, "", "", "", ""),
        (PUBLISHED, "", rules.NOTHING_NEW, rules.NOT_IN_REVIEW, rules.NOTHING_NEW),
        (CHANGED, "", "", rules.NOT_IN_REVIEW, ""),
        (ARCHIVED, rules.ARCHIVED, rules.ARCHIVED, rules.ARCHIVED, ""),
    ],
)
def test_what_staff_may_do_with_an_article(
    actor: Actor, thing: Any, revise: str, review: str, back: str, publish: str
) -> None:
    assert rules.can_revise_article(actor, thing).message == revise
    assert rules.can_archive(actor, thing).message == revise
    assert rules.can_send_to_review(actor, thing).message == review
    assert rules.can_send_back(actor, thing).message == back
    verdict = rules.can_publish(actor, thing, written_by=99, by_another=True)
    assert verdict.message == publish


def test_nobody_publishes_the_own_words_where_the_operator_wants_two() -> None:
    def verdict(by_another: bool) -> str:
        return rules.can_publish(ANNA, DRAFT, written_by=4, by_another=by_another).message

    assert verdict(by_another=True) == rules.OWN_TEXT
    assert verdict(by_another=False) == ""


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("open", ""),
        ("taken", rules.DECIDED),
        ("declined", rules.DECIDED),
        ("withdrawn", rules.GONE),
    ],
)
def test_a_suggestion_is_decided_once(state: str, sentence: str) -> None:
    thing = SimpleNamespace(state=state)
    assert rules.can_decide_on_suggestion(ANNA, thing).message == sentence


@pytest.mark.parametrize(
    ("actor", "thing", "sentence"),
    [
        (GUEST, PUBLISHED, ""),
        (UWE, PUBLISHED, ""),
        (ANNA, PUBLISHED, ""),
        (TOM, PUBLISHED, rules.OWN_ANSWER),
        (BERT, PUBLISHED, rules.SUSPENDED),
        (GUEST, DRAFT, rules.NOT_PUBLIC),
        (ANNA, ARCHIVED, rules.NOT_PUBLIC),
    ],
)
def test_who_says_whether_an_article_helped(actor: Actor, thing: Any, sentence: str) -> None:
    assert rules.can_rate_article(actor, thing).message == sentence


@pytest.mark.parametrize(
    ("audience", "topic", "board", "allowed"),
    [(0, 0, 0, True), (0, 1, 0, False), (1, 1, 0, True), (0, 0, 1, False), (3, 1, 2, True)],
)
def test_an_article_has_no_more_readers_than_its_source(
    audience: int, topic: int, board: int, allowed: bool
) -> None:
    verdict = rules.can_have_audience(audience, topic_audience=topic, board_audience=board)
    assert bool(verdict) is allowed
