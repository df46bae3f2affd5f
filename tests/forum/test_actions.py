"""What people do in the forum: happy, forbidden, again, and nothing recorded on refusal."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.core.errors import Forbidden, NotFound, Refused
from app.core.events import EventRow
from app.core.gates import Passage
from app.core.text import render
from app.forum import actions, queries
from app.forum import events as forum_events
from app.forum.models import Acceptance, Post, Topic, Vote, Watch
from tests import cast

pytestmark = pytest.mark.usefixtures("app")


OWN = {name for name, kind in vars(forum_events).items() if is_dataclass(kind)}


def events() -> list[str]:
    """Names of the forum's events; what others record because of them is theirs to test."""
    names = db.session.execute(select(EventRow.name).order_by(EventRow.id)).scalars()
    return [name for name in names if name in OWN]


def ask(author: str = "Karin", board: str = "internet", **changes: Any) -> Post:
    person, home = cast.actor(author), cast.board(board)
    fields = {"kind": "question", "title": "Router blinkt rot", "text": "Was tun?"} | changes
    with transaction():
        return actions.ask(person, board=home, html=render(fields["text"]), **fields)


def answer(topic_id: int, author: str = "Tom", parent_id: int | None = None) -> Post:
    person = cast.actor(author)
    with transaction():
        return actions.post_answer(
            person, topic_id=topic_id, text="Neu starten.", html="<p>Neu</p>", parent_id=parent_id
        )


def accept(name: str, post_id: int) -> None:
    person = cast.actor(name)
    with transaction():
        actions.accept_answer(person, post_id=post_id)


def count(model: Any, **where: Any) -> int:
    return int(
        db.session.execute(select(func.count()).select_from(model).filter_by(**where)).scalar_one()
    )


def topic_of(post: Post) -> Topic:
    db.session.expire_all()
    return db.session.get_one(Topic, post.topic_id)


def test_asking_opens_a_topic_that_the_asker_watches() -> None:
    post = ask(tags=["wlan", "router", "wlan"])
    topic = topic_of(post)
    assert (topic.title, topic.state, topic.posts_count, topic.answers_count) == (
        "Router blinkt rot",
        "visible",
        1,
        0,
    )
    assert (post.position, post.kind) == (1, "question")
    assert queries.tags_of(topic.id) == ["wlan", "router"]
    assert queries.watchers(topic.id) == [cast.account("Karin").id]
    assert events() == ["PostSubmitted", "TopicPublished"]


def test_a_guest_cannot_ask_and_nothing_is_recorded() -> None:
    with pytest.raises(Forbidden):
        ask("guest")
    assert (count(Topic), events()) == (0, [])


def test_a_customer_cannot_ask_where_only_staff_writes() -> None:
    with pytest.raises(Forbidden):
        ask("Karin", "team")
    assert count(Topic) == 0


def test_an_answer_counts_and_a_comment_hangs_under_it() -> None:
    question = ask()
    first = answer(question.topic_id)
    remark = answer(question.topic_id, "Karin", parent_id=first.id)
    topic = topic_of(question)
    assert (first.kind, first.position, remark.kind, remark.parent_id) == (
        "answer",
        2,
        "comment",
        first.id,
    )
    assert (topic.answers_count, topic.posts_count, topic.last_post_id) == (1, 3, remark.id)
    assert events()[-2:] == ["PostSubmitted", "AnswerPublished"]


def test_a_comment_on_a_comment_joins_the_same_post() -> None:
    question = ask()
    first = answer(question.topic_id)
    remark = answer(question.topic_id, "Karin", parent_id=first.id)
    assert answer(question.topic_id, "Tom", parent_id=remark.id).parent_id == first.id


def test_a_comment_on_a_post_of_another_topic_is_refused_at_its_field() -> None:
    here, there = ask(), ask()
    with pytest.raises(Refused) as refused:
        answer(here.topic_id, parent_id=there.id)
    assert refused.value.field == "parent"
    assert topic_of(here).posts_count == 1


def test_nobody_answers_a_topic_that_he_cannot_see() -> None:
    topic = cast.make_topic(board_slug="team", author="Anna")
    with pytest.raises(NotFound):
        answer(topic.id, "Tom")


def test_nobody_answers_a_closed_topic() -> None:
    topic = cast.make_topic()
    cast.close(topic)
    with pytest.raises(Forbidden, match="closed"):
        answer(topic.id)
    assert events() == []


def test_the_asker_accepts_and_asking_twice_changes_nothing() -> None:
    question = ask()
    helpful = answer(question.topic_id)
    accept("Karin", helpful.id)
    accept("Karin", helpful.id)
    assert topic_of(question).solved
    assert count(Acceptance) == 1
    assert events().count("AnswerAccepted") == 1


def test_accepting_another_answer_replaces_the_first() -> None:
    question = ask()
    first, second = answer(question.topic_id), answer(question.topic_id, "Uwe")
    accept("Karin", first.id)
    accept("Karin", second.id)
    assert queries.accepted_post(question.topic_id).id == second.id
    said = [name for name in events() if name != "PointsChanged"]
    assert said[-2:] == ["AcceptanceWithdrawn", "AnswerAccepted"]


def test_only_the_asker_decides() -> None:
    question = ask()
    helpful = answer(question.topic_id)
    for name in ("Tom", "Uwe", "Anna", "guest"):
        with pytest.raises(Forbidden):
            accept(name, helpful.id)
    assert count(Acceptance) == 0
    assert "AnswerAccepted" not in events()


def test_asker_cannot_accept_a_hidden_answer() -> None:
    topic = cast.make_topic()
    hidden = cast.make_post(topic, state="hidden")
    with pytest.raises(NotFound):
        accept("Karin", hidden.id)


def test_the_asker_takes_the_solution_back() -> None:
    question = ask()
    helpful = answer(question.topic_id)
    accept("Karin", helpful.id)
    karin = cast.actor("Karin")
    for _ in range(2):
        with transaction():
            actions.withdraw_acceptance(karin, post_id=helpful.id)
    assert not topic_of(question).solved
    assert count(Acceptance) == 0
    assert events().count("AcceptanceWithdrawn") == 1


def test_a_thank_you_counts_once_and_can_be_taken_back() -> None:
    question = ask()
    helpful = answer(question.topic_id)
    karin = cast.actor("Karin")
    for _ in range(2):
        with transaction():
            actions.vote(karin, post_id=helpful.id)
    assert (count(Vote), topic_of(question).score) == (1, 1)
    for _ in range(2):
        with transaction():
            actions.withdraw_vote(karin, post_id=helpful.id)
    assert (count(Vote), topic_of(question).score) == (0, 0)
    assert db.session.get_one(Post, helpful.id).votes_count == 0
    said = [name for name in events() if name in ("PostVoted", "VoteWithdrawn")]
    assert said == ["PostVoted", "VoteWithdrawn"]


def test_nobody_thanks_himself() -> None:
    question = ask()
    with pytest.raises(Forbidden), transaction():
        actions.vote(cast.actor("Karin"), post_id=question.id)
    assert count(Vote) == 0


def test_watching_twice_is_watching_once() -> None:
    topic = cast.make_topic()
    uwe = cast.actor("Uwe")
    for _ in range(2):
        with transaction():
            actions.watch(uwe, topic_id=topic.id)
    assert count(Watch) == 1
    for _ in range(2):
        with transaction():
            actions.unwatch(uwe, topic_id=topic.id)
    assert count(Watch) == 0


def test_a_gate_can_hold_a_topic_and_an_answer(app: Flask) -> None:
    app.extensions["helferkreis.gates"] = {"post.submit": (lambda **facts: Passage(hold=True),)}
    question = ask()
    assert topic_of(question).state == "held"
    assert events() == ["PostSubmitted"]
    topic = cast.make_topic()
    held = answer(topic.id)
    assert held.state == "held"
    assert topic_of(held).answers_count == 0
    assert events() == ["PostSubmitted", "PostSubmitted"]


def test_a_gate_can_refuse_with_a_sentence_for_the_field(app: Flask) -> None:
    app.extensions["helferkreis.gates"] = {
        "post.submit": (
            lambda **facts: Passage(message="Please leave out the word.", field="text"),
        )
    }
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.field == "text"
    assert (count(Topic), events()) == (0, [])


def test_boards_have_distinct_addresses() -> None:
    with transaction():
        actions.create_board("WLAN & Router")
    with pytest.raises(Refused, match="wlan-router"), transaction():
        actions.create_board("WLAN Router")
    with pytest.raises(Refused), transaction():
        actions.create_board("???")


def test_the_first_board_is_laid_once() -> None:
    with transaction():
        assert actions.ensure_first_board() is not None
    with transaction():
        assert actions.ensure_first_board() is None
