"""Points: what earns them, what takes them back, and that the counters equal the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.core.db import db, transaction
from app.core.errors import AppError
from app.forum.models import Acceptance, Post, Vote
from app.superusers import actions, queries, reactions
from app.superusers.models import PointEntry, Standing
from app.superusers.rules import ACCEPTANCE_POINTS, VOTE_POINTS
from tests import cast
from tests.superusers.conftest import (
    accept,
    conceal,
    events,
    ledger,
    ledger_sum,
    reveal,
    standing,
    unvote,
    vote,
    withdraw,
)

pytestmark = pytest.mark.usefixtures("app")


def answer(author: str = "Tom", board: str = "internet") -> Post:
    return cast.make_post(cast.make_topic(board_slug=board), author=author)


def test_a_helpful_vote_earns_points_once() -> None:
    post = answer()
    vote("Nele", post)
    vote("Nele", post)
    assert ledger("Tom") == [("vote", VOTE_POINTS)]
    assert standing("Tom") == (VOTE_POINTS, 0, 1)


def test_a_vote_taken_back_takes_its_points_along() -> None:
    post = answer()
    vote("Nele", post)
    unvote("Nele", post)
    unvote("Nele", post)
    assert ledger("Tom") == [("vote", VOTE_POINTS), ("vote_back", -VOTE_POINTS)]
    assert standing("Tom") == (0, 0, 0)
    vote("Nele", post)
    assert standing("Tom") == (VOTE_POINTS, 0, 1)


def test_an_accepted_answer_earns_more_and_counts_as_a_solution() -> None:
    post = answer()
    accept(post)
    accept(post)
    assert ledger("Tom") == [("acceptance", ACCEPTANCE_POINTS)]
    assert standing("Tom") == (ACCEPTANCE_POINTS, 1, 1)
    withdraw(post)
    assert standing("Tom") == (0, 0, 0)


def test_choosing_another_answer_moves_the_points() -> None:
    topic = cast.make_topic()
    first, second = cast.make_post(topic, author="Tom"), cast.make_post(topic, author="Uwe")
    accept(first)
    accept(second)
    assert (standing("Tom"), standing("Uwe")) == ((0, 0, 0), (ACCEPTANCE_POINTS, 1, 1))


def test_the_same_person_thanking_twice_is_one_thanker() -> None:
    post = answer()
    vote("Karin", post)
    accept(post)
    vote("Nele", post)
    assert standing("Tom") == (2 * VOTE_POINTS + ACCEPTANCE_POINTS, 1, 2)
    unvote("Karin", post)
    assert standing("Tom") == (VOTE_POINTS + ACCEPTANCE_POINTS, 1, 2)


def test_accepting_the_own_answer_earns_nothing() -> None:
    post = answer("Karin")
    accept(post)
    withdraw(post)
    assert (ledger("Karin"), standing("Karin")) == ([], (0, 0, 0))


def test_votes_that_came_with_an_archive_earn_nothing() -> None:
    post = answer()
    with transaction():
        db.session.get_one(Post, post.id).imported_score = 40
    vote("Nele", post)
    assert standing("Tom") == (VOTE_POINTS, 0, 1)


@pytest.mark.parametrize("board", ["mitglieder", "lounge", "team"])
def test_a_closed_board_earns_nothing_so_that_no_figure_tells_of_it(board: str) -> None:
    post = cast.make_post(cast.make_topic(board_slug=board, author="Mo"), author="Anna")
    vote("Ada", post)
    assert ledger("Anna") == []


def test_what_is_hidden_does_not_count_until_it_is_shown_again() -> None:
    post = answer()
    vote("Nele", post)
    accept(post)
    full = standing("Tom")
    for _ in range(2):
        conceal(post)
        assert standing("Tom") == (0, 0, 0)
        reveal(post)
        assert standing("Tom") == full
    assert [cause for cause, _ in ledger("Tom")] == [
        *("vote", "acceptance"),
        *["concealed"] * 2,
        *["revealed"] * 2,
        *["concealed"] * 2,
        *["revealed"] * 2,
    ]


def test_an_acceptance_withdrawn_while_hidden_does_not_come_back() -> None:
    topic = cast.make_topic()
    post, other = cast.make_post(topic, author="Tom"), cast.make_post(topic, author="Uwe")
    accept(post)
    conceal(post)
    accept(other)
    assert ledger("Tom")[-1] == ("acceptance_back", 0)
    reveal(post)
    assert standing("Tom") == (0, 0, 0)
    assert ledger_sum("Tom") == 0


def test_hiding_a_question_leaves_the_points_of_those_who_answered() -> None:
    topic = cast.make_topic()
    post = cast.make_post(topic, author="Tom")
    question = db.session.query(Post).filter_by(topic_id=topic.id, position=1).one()
    vote("Nele", question)
    accept(post)
    conceal(question)
    assert (standing("Karin"), standing("Tom")) == ((0, 0, 0), (ACCEPTANCE_POINTS, 1, 1))


def test_every_reaction_may_run_twice() -> None:
    topic = cast.make_topic()
    post = cast.make_post(topic, author="Tom")
    about = {"post_id": post.id, "topic_id": topic.id, "author_id": cast.account("Tom").id}
    by = {"actor_id": cast.account("Nele").id}
    author = {"author_id": about["author_id"]}
    hidden = {"post_id": post.id, "account_id": author["author_id"]}
    calls: list[tuple[Any, dict[str, int], tuple[int, int, int]]] = [
        (reactions.award_vote, {"vote_id": 7, **about, **by}, (2, 0, 1)),
        (reactions.award_acceptance, {"acceptance_id": 7, **about, **by}, (12, 1, 1)),
        (actions.conceal_points, hidden, (0, 0, 0)),
        (actions.reveal_points, hidden, (12, 1, 1)),
        (reactions.reverse_vote, {"vote_id": 7, **author}, (10, 1, 1)),
        (reactions.reverse_acceptance, {"acceptance_id": 7, **author}, (0, 0, 0)),
        (actions.reveal_points, hidden, (0, 0, 0)),
        (reactions.award_vote, {"vote_id": 7, **about, **by}, (0, 0, 0)),
    ]
    for call, arguments, sums in calls:
        for _ in range(2):
            with transaction():
                call(**arguments)
            assert standing("Tom") == sums, call.__name__
    assert len(ledger("Tom")) == 8
    assert len(events("PointsChanged")) == 8


def test_one_cause_is_one_line() -> None:
    vote("Nele", answer())
    line = db.session.query(PointEntry).one()
    copy = {c.key: getattr(line, c.key) for c in PointEntry.__table__.columns if c.key != "id"}
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(PointEntry.__table__.insert().values(**copy))


def test_recounting_puts_wrong_sums_right_and_says_how_many() -> None:
    post = answer()
    vote("Nele", post)
    accept(post)
    right, tom_id = standing("Tom"), cast.account("Tom").id
    with transaction():
        row = db.session.get_one(Standing, tom_id)
        row.points, row.solutions, row.thankers = 99, 9, 9
    for wrong in (1, 0):
        with transaction():
            assert actions.recount_standings([tom_id]) == wrong
        assert standing("Tom") == right


# Any sequence of deeds leaves counters that equal the ledger, and both equal what stands.

PEOPLE = ("Nele", "Karin", "Uwe")
AUTHORS = ("Tom", "Uwe", "Karin")
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["vote", "unvote"]), st.sampled_from(PEOPLE), st.integers(0, 2)),
        st.tuples(
            st.sampled_from(["accept", "withdraw", "conceal", "reveal"]),
            st.just(""),
            st.integers(0, 2),
        ),
    ),
    max_size=25,
)


def do(deed: str, name: str, post: Post) -> None:
    """What a person tries; what the forum refuses changes nothing."""
    try:
        if name:
            (vote if deed == "vote" else unvote)(name, post)
        else:
            {"accept": accept, "withdraw": withdraw, "conceal": conceal, "reveal": reveal}[deed](
                post
            )
    except AppError:
        db.session.rollback()


def what_stands(posts: list[Post]) -> dict[str, tuple[int, int, int]]:
    """Counted from the forum's own rows, knowing nothing of the ledger."""
    db.session.rollback()
    db.session.expire_all()
    sums = {}
    for name in AUTHORS:
        author_id = cast.account(name).id
        mine = [
            p.id
            for p in db.session.query(Post).filter(Post.id.in_([p.id for p in posts]))
            if p.author_id == author_id and p.state == "visible"
        ]
        votes = db.session.query(Vote).filter(Vote.post_id.in_(mine)).all()
        solved = [
            a
            for a in db.session.query(Acceptance).filter(Acceptance.post_id.in_(mine))
            if a.accepted_by != author_id
        ]
        people = {v.account_id for v in votes} | {a.accepted_by for a in solved}
        points = VOTE_POINTS * len(votes) + ACCEPTANCE_POINTS * len(solved)
        sums[name] = (points, len(solved), len(people))
    return sums


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=DEEDS)
@pytest.mark.slow
def test_the_counters_equal_the_ledger_and_what_stands(app: Flask, deeds: list[Any]) -> None:
    with transaction():
        for model in (PointEntry, Standing, Acceptance, Vote):
            db.session.query(model).delete()
    topic = cast.make_topic()
    posts = [cast.make_post(topic, author=name) for name in AUTHORS]
    for deed, name, index in deeds:
        do(deed, name, posts[index])
    expected = what_stands(posts)
    ids = {name: cast.account(name).id for name in AUTHORS}
    counted = queries.sums_of(list(ids.values()))
    for name in AUTHORS:
        assert standing(name) == counted[ids[name]] == expected[name], name
        assert ledger_sum(name) == standing(name)[0]
