"""The fixtures themselves: people, boards, clients, counts."""

from __future__ import annotations

import pytest

from app.core.db import db
from app.forum.models import Post, Topic
from tests import cast


def test_each_person_has_the_role_of_the_table(app):
    roles = {name: cast.actor(name).role for name in cast.PEOPLE}
    assert roles == {name: person.role for name, person in cast.PEOPLE.items()}


def test_a_made_topic_carries_its_posts_and_the_boards_audience(app):
    topic = cast.make_topic(board_slug="team", author="Anna", tags=("dsl", "router"))
    answer = cast.make_post(topic)
    db.session.rollback()
    assert db.session.get(Topic, topic.id).audience == cast.STAFF
    assert (topic.posts_count, topic.answers_count, topic.last_post_id) == (2, 1, answer.id)
    assert db.session.get(Post, answer.id).position == 2


@pytest.mark.parametrize("again", [1, 2])
def test_every_test_begins_with_an_empty_database(app, again):
    assert cast.make_topic().id is not None
    assert db.session.query(Topic).count() == 1


def test_counting_leaves_out_begin_and_pragmas(app, count_queries):
    with count_queries() as queries:
        cast.board("internet")
    assert [q.split()[0] for q in queries] == ["SELECT", "INSERT"]


def test_a_guest_gets_an_answer_without_a_cookie(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
