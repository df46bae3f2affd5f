"""What a reversal undoes, what a letter covers, and where a super user's word ends."""

from __future__ import annotations

import pytest

from app.core.db import db, transaction
from app.core.errors import Conflict, Forbidden
from app.forum.models import Hiding, Post
from app.moderation import actions, queries
from app.moderation.models import Decision
from tests import cast
from tests.moderation.conftest import (
    FACTS,
    count,
    decide,
    decide_appeal,
    happened,
    letter,
    object_to,
    report,
    rude_answer,
    state_of,
    the_case,
)


def test_what_was_never_published_is_published_by_a_reversal():
    """Held, refused, objected: who follows the topic has not been told of it yet."""
    topic = cast.make_topic()
    post = cast.make_post(topic, author="Tom", state="held")
    with transaction():
        actions.open_case_about_held(post_id=post.id)
    decision = decide(the_case(post), "reject")
    decide_appeal(object_to(decision), "reversed")
    assert state_of(post) == "visible"
    assert happened(of="AnswerPublished") == ["AnswerPublished"]
    again = decide(report(post), "hide")
    decide_appeal(object_to(again), "reversed")
    assert happened(of="AnswerPublished") == ["AnswerPublished"], "once in its life"


def test_showing_a_post_again_takes_back_every_restriction_of_it():
    """Hidden by a super user, confirmed by the team, objected: nothing of both stands."""
    cast.grant("Uwe", "moderate")
    post = rude_answer()
    case = report(post)
    first = decide(case, "hide", by="Uwe")
    second = decide(case, "hide", by="Anna")
    decide_appeal(object_to(first), "reversed")
    for decision in (first, second):
        found = queries.read_decision(decision.id)
        assert found is not None and found.reversed_by is not None
    with pytest.raises(Forbidden, match="reversed"):
        object_to(second)
    third = queries.read_decision(decide(report(post), "hide").id)
    assert third is not None and third.reversed_by is None, "a new restriction stands"


def test_a_post_that_changed_since_it_was_read_is_read_again():
    """The letter names no word of the post, but the decision keeps all of them."""
    post = rude_answer()
    case, anna = report(post), cast.actor("Anna")
    shown = letter(case, "hide", anna, rule=1, facts=FACTS)
    with transaction():
        db.session.get_one(Post, post.id).text = "Etwas ganz anderes."
    with pytest.raises(Conflict), transaction():
        actions.decide_case(anna, case_id=case.id, kind="hide", rule=1, facts=FACTS, shown=shown)
    assert (state_of(post), count(Decision)) == ("visible", 0)


def test_a_super_user_hides_nothing_of_the_team_or_of_another_super_user():
    cast.grant("Uwe", "moderate")
    for author in ("Anna", "Mo", "Ada", "Sina"):
        post = rude_answer(author=author)
        case = report(post)
        with pytest.raises(Forbidden):
            decide(case, "hide", by="Uwe")
        assert state_of(post) == "visible"
    assert (count(Decision), count(Hiding)) == (0, 0)
