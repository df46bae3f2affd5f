"""The forum's rules as tables: actor × state → allowed, or the sentence that says why not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.accounts.actor import GUEST, Actor
from app.forum import rules

KARIN = Actor(id=1, name="Karin", role="customer")
TOM = Actor(id=2, name="Tom", role="customer")
UWE = Actor(id=3, name="Uwe", role="superuser")
ANNA = Actor(id=4, name="Anna", role="agent")
BERT = Actor(id=5, name="Bert", role="customer", state="suspended")


def topic(**changes: Any) -> SimpleNamespace:
    base = {
        "kind": "question",
        "state": "visible",
        "closed": False,
        "solved": False,
        "author_id": KARIN.id,
        "post_audience": 1,
    }
    return SimpleNamespace(**{**base, **changes})


def post(**changes: Any) -> SimpleNamespace:
    base = {"kind": "answer", "state": "visible", "position": 2, "author_id": TOM.id}
    return SimpleNamespace(**{**base, **changes})


@pytest.mark.parametrize(
    ("actor", "thing", "sentence"),
    [
        (KARIN, topic(), ""),
        (TOM, topic(), ""),
        (UWE, topic(post_audience=2), ""),
        (ANNA, topic(post_audience=3), ""),
        (GUEST, topic(), rules.SIGN_IN),
        (BERT, topic(), rules.SUSPENDED),
        (TOM, topic(post_audience=2), rules.STAFF_BOARD),
        (TOM, topic(post_audience=3), rules.STAFF_BOARD),
        (UWE, topic(post_audience=3), rules.STAFF_BOARD),
        (TOM, topic(closed=True), rules.CLOSED),
        (ANNA, topic(closed=True), rules.CLOSED),
        (TOM, topic(state="held"), rules.NOT_VISIBLE),
        (KARIN, topic(state="hidden"), rules.NOT_VISIBLE),
    ],
)
def test_who_can_answer(actor: Actor, thing: SimpleNamespace, sentence: str) -> None:
    assert rules.can_answer(actor, thing).message == sentence


@pytest.mark.parametrize(
    ("actor", "post_audience", "allowed"),
    [(KARIN, 1, True), (KARIN, 2, False), (UWE, 2, True), (ANNA, 3, True), (GUEST, 1, False)],
)
def test_who_can_ask_in_a_board(actor: Actor, post_audience: int, allowed: bool) -> None:
    assert bool(rules.can_ask(actor, SimpleNamespace(post_audience=post_audience))) is allowed


@pytest.mark.parametrize(
    ("actor", "about", "answer", "allowed"),
    [
        (KARIN, topic(), post(), True),
        (KARIN, topic(closed=True), post(), True),
        (KARIN, topic(), post(author_id=KARIN.id), True),
        (TOM, topic(), post(), False),
        (ANNA, topic(), post(), False),
        (GUEST, topic(), post(), False),
        (BERT, topic(author_id=BERT.id), post(), False),
        (KARIN, topic(kind="discussion"), post(), False),
        (KARIN, topic(), post(kind="question"), False),
        (KARIN, topic(), post(kind="comment"), False),
        (KARIN, topic(), post(kind="note"), False),
        (KARIN, topic(), post(state="hidden"), False),
        (KARIN, topic(), post(state="held"), False),
        (KARIN, topic(state="hidden"), post(), False),
    ],
)
def test_who_can_accept_what(
    actor: Actor, about: SimpleNamespace, answer: SimpleNamespace, allowed: bool
) -> None:
    verdict = rules.can_accept_answer(actor, about, answer)
    assert bool(verdict) is allowed
    assert allowed or verdict.message


@pytest.mark.parametrize(
    ("actor", "what", "allowed"),
    [
        (KARIN, post(), True),
        (TOM, post(), False),
        (GUEST, post(), False),
        (BERT, post(), False),
        (KARIN, post(state="hidden"), False),
        (KARIN, post(kind="note"), False),
        (KARIN, post(kind="comment"), True),
    ],
)
def test_who_can_say_helpful(actor: Actor, what: SimpleNamespace, allowed: bool) -> None:
    assert bool(rules.can_vote(actor, what)) is allowed


def test_a_post_takes_a_hundred_comments_and_then_asks_for_an_answer() -> None:
    assert rules.can_comment(KARIN, topic(), post(), comments=rules.MAX_COMMENTS - 1)
    refused = rules.can_comment(KARIN, topic(), post(), comments=rules.MAX_COMMENTS)
    assert "write an answer" in refused.message


def test_nobody_comments_on_a_note_or_a_hidden_post() -> None:
    assert not rules.can_comment(KARIN, topic(), post(kind="note"))
    assert not rules.can_comment(KARIN, topic(), post(state="hidden"))
