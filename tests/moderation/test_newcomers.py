"""The gate for newcomers: off by default; on, first posts wait, are approved or get reasons."""

from __future__ import annotations

import pytest

from app.config import ConfigError, load
from app.core.db import db
from app.forum.models import Post, Topic
from app.moderation import queries
from app.moderation.models import Case, Decision
from tests import cast
from tests.moderation.conftest import count, decide, decide_appeal, happened, object_to, the_case


@pytest.fixture
def environment(request, environment):
    """As the operator writes it, for tests that ask for `holding`."""
    if "holding" in request.fixturenames:
        environment["HOLD_NEWCOMERS"] = "on"
    return environment


@pytest.fixture
def holding(app):
    assert app.extensions["helferkreis.config"].hold_newcomers


def test_the_setting_is_on_or_off_and_nothing_else(tmp_path):
    environment = {"HELFERKREIS_INSTANCE": str(tmp_path)}
    assert not load(environment).hold_newcomers
    assert not load({**environment, "HOLD_NEWCOMERS": "off"}).hold_newcomers
    with pytest.raises(ConfigError, match="HOLD_NEWCOMERS"):
        load({**environment, "HOLD_NEWCOMERS": "maybe"})


def answer_of(name: str, client_as, topic: Topic) -> Post:
    sent = client_as(name).submit(f"/topics/{topic.id}/posts", text=f"Hallo von {name}.")
    assert sent.status_code == 303, sent.text
    return db.session.query(Post).filter_by(text=f"Hallo von {name}.").one()


def test_nothing_is_held_by_default(client_as):
    assert answer_of("Nele", client_as, cast.make_topic()).state == "visible"
    assert count(Case) == 0


def test_a_newcomers_first_answer_waits_and_is_approved(client_as, holding):
    post = answer_of("Nele", client_as, cast.make_topic())
    assert post.state == "held"
    case = the_case(post)
    assert (case.origin, happened()[-1]) == ("held", "CaseOpened")
    assert "AnswerPublished" not in happened()
    assert "Hallo von Nele." in client_as("Anna").get(f"/moderation/cases/{case.id}").text
    decide(case, "approve", rule=None, facts="")
    db.session.refresh(post)
    assert post.state == "visible"
    assert happened()[-2:] == ["AnswerPublished", "DecisionMade"]


def test_a_first_question_waits_with_its_topic(client_as, holding):
    cast.board()
    sent = client_as("Nele").submit(
        "/topics/ask", board="internet", kind="question", title="Mein Router brummt", text="Laut."
    )
    assert sent.status_code == 303, sent.text
    topic = db.session.query(Topic).one()
    assert topic.state == "held"
    decision = decide(the_case(db.session.query(Post).one()), "reject", rule=9)
    db.session.refresh(topic)
    assert topic.state == "hidden"
    assert decision.automated_detection and "not published" in decision.statement_en
    decide_appeal(object_to(decision, by="Nele"), "reversed")
    db.session.refresh(topic)
    assert topic.state == "visible"


def test_who_has_a_visible_post_is_not_held(client_as, holding):
    cast.make_topic(author="Nele")
    assert answer_of("Nele", client_as, cast.make_topic()).state == "visible"


def test_a_second_post_waits_too_while_the_first_does(client_as, holding):
    first, second = cast.make_topic(), cast.make_topic()
    client_as("Nele").submit(f"/topics/{first.id}/posts", text="Eins.")
    client_as("Nele").submit(f"/topics/{second.id}/posts", text="Zwei.")
    assert (count(Post, state="held"), count(Case, origin="held")) == (2, 2)


@pytest.mark.parametrize("name", ["Uwe", "Anna", "Ada"])
def test_people_with_a_role_are_no_newcomers(client_as, holding, name):
    assert answer_of(name, client_as, cast.make_topic()).state == "visible"


def test_whom_the_operator_made_is_no_newcomer(client_as, holding):
    cast.grant("Nele", "trusted")
    assert answer_of("Nele", client_as, cast.make_topic()).state == "visible"


def test_super_users_see_nothing_that_is_held(client_as, holding):
    cast.grant("Uwe", "moderate")
    case = the_case(answer_of("Nele", client_as, cast.make_topic()))
    assert client_as("Uwe").get(f"/moderation/cases/{case.id}").status_code == 404
    assert queries.open_cases_page(cast.actor("Uwe"))[0] == []
    assert count(Decision) == 0
