"""One thing opened beside the inbox, what it costs, and answering a topic from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.desk import actions
from app.forum.models import Post
from app.knowledge import actions as knowledge
from app.knowledge.actions import Content
from app.knowledge.models import Suggestion
from app.superusers.models import Nomination
from tests import cast
from tests.desk.conftest import do, facts, failed_job, take
from tests.moderation.conftest import decide, object_to, report, rude_answer
from tests.superusers.conftest import nominate
from tests.surfer import Surfer

Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")


def _topic() -> tuple[str, int]:
    topic = cast.make_topic("Router blinkt", text="Die Lampe blinkt rot.")
    for number in range(5):
        cast.make_post(topic, text=f"Antwort {number}")
    take("Ada", topic.id)
    do("Anna", actions.write_note, topic_id=topic.id, text="Hm.", html="<p>Hm.</p>")
    return "topic", topic.id


def _case() -> tuple[str, int]:
    return "case", report(rude_answer()).id


def _appeal() -> tuple[str, int]:
    return "appeal", object_to(decide(report(rude_answer()), "hide")).id


def _suggestion() -> tuple[str, int]:
    topic = cast.make_topic()
    post = cast.make_post(topic, text="Zehn Sekunden warten.")
    cast.accept(post)
    with transaction():
        knowledge.suggest_solution(topic.id)
    return "suggestion", int(db.session.scalars(select(Suggestion.id)).one())


def _article() -> tuple[str, int]:
    words = Content("Router", "Er blinkt.", "<p>Er blinkt.</p>", "Warten.", "<p>Warten.</p>")
    anna = cast.actor("Anna")
    with transaction():
        article_id = knowledge.draft_article(anna, words, board=None, audience=0)
        knowledge.submit_for_review(anna, article_id)
    return "article", article_id


def _nomination() -> tuple[str, int]:
    nominate("Nele")
    return "nomination", int(db.session.scalars(select(Nomination.id)).one())


def _job() -> tuple[str, int]:
    return "job", failed_job()


#: How each kind is made, and words that its pane shows.
KINDS = {
    "topic": (_topic, ("Die Lampe blinkt rot.", "Antwort 4", "2 more in the forum", "Hm.")),
    "case": (_case, ("Wer zu blöd ist", "Das ist gemein.", "Which rule is broken?")),
    "appeal": (_appeal, ("Das war ein Zitat.", "Decide the objection")),
    "suggestion": (_suggestion, ("Zehn Sekunden warten.", "Make an article of it")),
    "article": (_article, ("Er blinkt.", "Publish article")),
    "nomination": (_nomination, ("Invite Nele", "Answers by Nele")),
    "job": (_job, ("Der Server sagt nein.", "Try again")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_opens_beside_the_list(
    client_as: Browser, count_queries: Callable, kind: str
) -> None:
    make, words = KINDS[kind]
    name, thing_id = make()
    ada = client_as("Ada", "en")
    ada.get(f"/desk/{name}/{thing_id}")  # from now on the process knows settings and colleagues
    with count_queries() as queries:
        answer = ada.get(f"/desk/{name}/{thing_id}")
    assert answer.status_code == 200
    assert [word for word in words if word not in answer.text] == []
    assert 'id="desk-list"' in answer.text
    assert len(queries) <= 16, "\n".join(queries)


def test_the_open_row_is_marked_and_keeps_its_filter(client_as: Browser) -> None:
    topic = cast.make_topic("Router blinkt")
    page = client_as("Anna").get(f"/desk/topic/{topic.id}?filter=question").text
    here = f"/desk/topic/{topic.id}?filter=question"
    assert f'<a href="{here}" data-row data-opens hx-get="{here}" aria-current="true">' in page
    assert '<input type="hidden" name="filter" value="question">' in page


def test_the_desk_says_which_keys_there_are(client_as: Browser) -> None:
    page = client_as("Anna", "en").get("/desk").text
    assert '<dialog class="hk-dialog" id="keys"' in page
    assert "Use these keys in this browser" in page


def test_the_team_answers_from_the_desk(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna, url = client_as("Anna"), f"/desk/topic/{topic.id}/answer"
    answer = anna.submit(url, text="Zehn Sekunden warten.", official="y", filter="question")
    assert answer.location == f"/desk/topic/{topic.id}?filter=question&done=answered"
    anna.submit(url, text="Und dann?")
    assert _answers(topic.id) == [("Zehn Sekunden warten.", True), ("Und dann?", False)]
    assert facts("AnswerMadeOfficial") == 1


def test_publishing_goes_on_to_what_waits_next(client_as: Browser) -> None:
    hours = timedelta(hours=1)
    ids = [cast.make_topic(f"F{n}", created_at=clock.now() - n * hours).id for n in (3, 2, 1)]
    anna = client_as("Anna")

    def publish(topic_id: int) -> str:
        fields = {"text": "Ja.", "then": "next", "filter": "question"}
        return str(anna.submit(f"/desk/topic/{topic_id}/answer", **fields).location)

    assert publish(ids[1]) == f"/desk/topic/{ids[2]}?filter=question&done=answered"
    assert publish(ids[2]) == f"/desk/topic/{ids[0]}?filter=question&done=answered"
    assert publish(ids[0]) == "/desk?kind=question&done=answered"


def test_an_answer_sent_twice_is_published_once(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna, url = client_as("Anna"), f"/desk/topic/{topic.id}/answer"
    for _ in range(2):
        answer = anna.submit(url, text="Ja.", official="y", idempotency_key="k" * 20)
        assert answer.status_code == 303
    assert len(_answers(topic.id)) == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001, "Bis {{frist}}."])
def test_a_bad_answer_comes_back_with_its_text(client_as: Browser, text: str) -> None:
    topic = cast.make_topic()
    answer = client_as("Anna").submit(f"/desk/topic/{topic.id}/answer", text=text)
    assert answer.status_code == 422
    assert "hk-field__error" in answer.text and text in answer.text
    assert 'id="desk-list"' in answer.text
    assert _answers(topic.id) == [] and facts("AnswerPublished") == 0


def test_preview_without_script_keeps_the_text(client_as: Browser) -> None:
    topic = cast.make_topic()
    page = client_as("Anna").submit(f"/desk/topic/{topic.id}/answer", text="**Ja**", preview=1).text
    assert "<strong>Ja</strong>" in page and "**Ja**" in page
    assert _answers(topic.id) == []


def test_a_closed_topic_says_why_nobody_answers(client_as: Browser) -> None:
    topic = cast.make_topic()
    cast.close(topic)
    anna = client_as("Anna", "en")
    page = anna.get(f"/desk/topic/{topic.id}").text
    assert "This topic is closed." in page and f"/desk/topic/{topic.id}/answer" not in page
    assert anna.submit(f"/desk/topic/{topic.id}/answer", text="Doch.").status_code == 403
    assert _answers(topic.id) == []


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Bert"])
def test_members_answer_elsewhere(client_as: Browser, name: str) -> None:
    topic = cast.make_topic()
    browser = client_as(name)
    assert browser.submit(f"/desk/topic/{topic.id}/answer", text="Ja.").status_code == 403
    assert _answers(topic.id) == []


def _answers(topic_id: int) -> list[tuple[str, bool]]:
    db.session.rollback()
    rows = db.session.execute(
        select(Post.text, Post.official_at).where(Post.topic_id == topic_id, Post.kind == "answer")
    )
    return [(row.text, row.official_at is not None) for row in rows]
