"""Counters put right from the rows: what counts, what does not, and how many were wrong."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Account
from app.core.db import db, transaction
from app.forum import actions
from app.forum.models import Board, Post, Topic
from app.forum.recount import (
    recount_boards,
    recount_everything,
    recount_members,
    recount_topics,
)
from tests import cast

pytestmark = pytest.mark.usefixtures("app")

TOPIC = ("posts_count", "answers_count", "score", "solved", "last_post_id", "last_author_id")
BOARD = ("topics_count", "questions_count", "solved_count")
MEMBER = ("topics_count", "posts_count", "solutions_count")


def values(model: Any, row_id: int, names: tuple[str, ...]) -> tuple[Any, ...]:
    db.session.rollback()
    wanted = select(*(getattr(model, name) for name in names)).where(model.id == row_id)
    return tuple(db.session.execute(wanted).one())


def change(model: Any, row_id: int, **columns: Any) -> None:
    with transaction():
        db.session.execute(update(model).where(model.id == row_id).values(**columns))


def recount(how: Any, *ids: int) -> int:
    with transaction():
        return int(how(ids))


def test_a_topic_counts_its_visible_posts_but_no_notes():
    topic = cast.make_topic()
    answer = cast.make_post(topic, author="Tom")
    comment = cast.make_post(topic, author="Uwe", kind="comment", parent=answer)
    cast.make_post(topic, author="Nele", state="hidden")
    cast.make_post(topic, author="Mo", kind="note")
    change(Post, answer.id, imported_score=5, votes_count=2)
    change(Post, comment.id, imported_score=-3)
    change(Topic, topic.id, posts_count=77, answers_count=0, score=9, solved=True, last_post_id=1)
    assert recount(recount_topics, topic.id) == 1
    assert values(Topic, topic.id, TOPIC) == (3, 1, 4, False, comment.id, cast.account("Uwe").id)
    assert recount(recount_topics, topic.id) == 0


def test_a_hidden_solution_solves_nothing():
    topic = cast.make_topic()
    answer = cast.make_post(topic)
    cast.accept(answer)
    change(Topic, topic.id, solved=False)
    assert recount(recount_topics, topic.id) == 1
    assert values(Topic, topic.id, ("solved",)) == (True,)
    change(Post, answer.id, state="hidden")
    assert recount(recount_topics, topic.id) == 1
    assert values(Topic, topic.id, ("solved",)) == (False,)


def test_a_topic_without_a_visible_post_has_no_last_one():
    topic = cast.make_topic()
    with transaction():
        db.session.execute(update(Post).where(Post.topic_id == topic.id).values(state="removed"))
    recount(recount_topics, topic.id)
    counted = values(Topic, topic.id, (*TOPIC, "last_post_at"))
    assert counted == (0, 0, 0, False, None, None, topic.created_at)


def test_a_board_counts_visible_topics_and_how_many_questions_are_solved():
    solved = cast.make_topic()
    cast.accept(cast.make_post(solved))
    cast.make_topic()
    cast.make_topic(kind="discussion")
    cast.make_topic(state="hidden")
    other = cast.make_topic(board_slug="team")
    board = cast.board("internet")
    assert recount(recount_boards, board.id, other.board_id) == 2
    assert values(Board, board.id, BOARD) == (3, 2, 1)
    assert values(Board, other.board_id, BOARD) == (1, 1, 0)


def test_a_member_counts_what_every_guest_may_see():
    public = cast.make_topic(author="Karin")
    closed = cast.make_topic(author="Karin", board_slug="mitglieder")
    cast.accept(cast.make_post(public, author="Tom"))
    cast.accept(cast.make_post(closed, author="Tom"))
    cast.make_post(public, author="Tom", state="hidden")
    cast.make_post(public, author="Tom", kind="note")
    hidden = cast.make_topic(author="Karin", state="hidden")
    cast.make_post(hidden, author="Tom")
    karin, tom = cast.account("Karin").id, cast.account("Tom").id
    assert recount(recount_members, karin, tom) == 2
    assert values(Account, karin, MEMBER) == (1, 1, 0)
    assert values(Account, tom, MEMBER) == (0, 1, 1)


def test_who_solves_the_own_question_has_helped_nobody_else():
    topic = cast.make_topic(author="Karin")
    cast.accept(cast.make_post(topic, author="Karin"))
    karin = cast.account("Karin").id
    recount(recount_members, karin)
    assert values(Account, karin, MEMBER) == (1, 2, 0)


def test_what_the_actions_count_is_what_is_counted_anew():
    question = cast.actor("Karin"), cast.board("internet")
    with transaction():
        post = actions.ask(
            question[0], board=question[1], kind="question", title="T", text="x", html="x"
        )
    topic_id = post.topic_id
    for name in ("Tom", "Uwe"):
        actor = cast.actor(name)
        with transaction():
            answer = actions.post_answer(actor, topic_id=topic_id, text="x", html="x")
    actor, asker = cast.actor("Nele"), cast.actor("Karin")
    with transaction():
        actions.post_answer(actor, topic_id=topic_id, text="x", html="x", parent_id=answer.id)
        actions.vote(actor, post_id=answer.id)
        actions.accept_answer(asker, post_id=answer.id)
    assert values(Topic, topic_id, TOPIC)[:4] == (4, 2, 1, True)
    assert recount(recount_topics, topic_id) == 0


def test_everything_is_put_right_by_one_command(app: Flask):
    topic = cast.make_topic()
    change(Topic, topic.id, score=5)
    change(Account, topic.author_id, posts_count=9)
    result = app.test_cli_runner().invoke(args=["recount"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "topics: 1 put right", "boards: 1 put right", "accounts: 1 put right",
        "standings: 0 put right", "unread notifications: 0 put right",
    ]  # fmt: skip
    assert recount_everything() == {"topics": 0, "boards": 0, "accounts": 0}
