"""The pages of the knowledge base: what they show to whom, what they cost, and bad input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.core.db import db, transaction
from app.knowledge import actions
from app.knowledge.inbox import inbox_items
from app.knowledge.models import Revision
from tests import cast
from tests.knowledge.conftest import (
    article,
    content,
    do,
    facts,
    promoted,
    published,
    solved,
    suggestion,
    url_of,
)

FORM = {
    "title": "Router neu starten",
    "problem": "Die Lampe blinkt.",
    "solution": "1. Stecker ziehen",
    "board": "internet",
    "audience": "0",
}


def test_the_promote_page_is_filled_in_and_publishes_in_one_step(solution, client_as):
    browser = client_as("Anna")
    waiting = f"/knowledge/suggestions/{suggestion(solution).id}/promote"
    page = browser.get(waiting).text
    for words in ("Wie starte ich den Router neu?", "Die Lampe blinkt rot.", "Zehn Sekunden"):
        assert words in page
    answer = browser.submit(waiting, **FORM, then="publish")
    assert answer.status_code == 303
    assert "ArticlePublished" in facts()
    page = browser.get(answer.location).text
    assert "Tom" in page
    assert "Wie starte ich den Router neu?" in page


def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(solution, client_as):
    waiting = f"/knowledge/suggestions/{suggestion(solution).id}/promote"
    page = client_as("Anna", "en").submit(waiting, **{**FORM, "title": "", "problem": "Bleibt da"})
    assert page.status_code == 422
    assert 'id="title-error"' in page.text
    assert "Bleibt da" in page.text
    assert suggestion(solution).state == "open"


def test_declining_needs_a_reason(solution, client_as):
    browser, url = client_as("Anna"), f"/knowledge/suggestions/{suggestion(solution).id}/decline"
    assert browser.submit(url, reason=" ").status_code == 422
    assert suggestion(solution).state == "open"
    assert browser.submit(url, reason="Zu speziell.").status_code == 303
    assert suggestion(solution).state == "declined"


def test_a_form_sent_twice_makes_one_article(solution, client_as):
    browser = client_as("Anna")
    places = {
        browser.submit("/knowledge/new", **FORM, idempotency_key="same-key-1").location
        for _ in range(2)
    }
    assert len(places) == 1


def test_a_stale_edit_shows_both_texts_and_can_be_saved_knowingly(solution, client_as):
    draft, board = promoted(solution), cast.board()
    do(
        "Mo",
        actions.revise_article,
        draft.id,
        content(solution="Von Mo"),
        based_on=1,
        board=board,
        audience=0,
    )
    browser, url = client_as("Anna"), f"/knowledge/{draft.id}/edit"
    mine = {**FORM, "solution": "Von Anna", "based_on": "1"}
    page = browser.submit(url, **mine)
    assert page.status_code == 409
    assert "<del>Von Mo</del>" in page.text
    assert "<ins>Von Anna</ins>" in page.text
    assert 'name="based_on" type="hidden" value="2"' in page.text
    assert browser.submit(url, **{**mine, "based_on": "2"}).status_code == 303


def test_a_draft_exists_for_staff_alone(solution, client_as):
    draft = promoted(solution)
    for name, status in (("guest", 404), ("Tom", 404), ("Uwe", 404), ("Bert", 404), ("Anna", 200)):
        assert client_as(name).get(url_of(draft)).status_code == status, name


def test_an_article_goes_to_review_comes_back_and_is_archived(solution, client_as):
    draft = promoted(solution)
    anna, mo = client_as("Anna", "en"), client_as("Mo", "en")
    assert anna.submit(f"/knowledge/{draft.id}/review").status_code == 303
    refused = mo.submit(f"/knowledge/{draft.id}/return", reason="")
    assert refused.status_code == 422 and 'id="reason-error"' in refused.text
    sent_back = mo.submit(f"/knowledge/{draft.id}/return", reason="Please name the model.")
    assert sent_back.status_code == 303
    assert "Please name the model." in anna.get(sent_back.location, follow_redirects=True).text
    do("Anna", actions.publish, draft.id)
    archived = mo.submit(f"/knowledge/{draft.id}/archive", reason="The box is sold no more.")
    assert archived.status_code == 303
    assert article(draft.id).state == "archived"


def test_an_article_follows_its_audience(app, work, client_as):
    post = solved(board_slug="mitglieder")
    work()
    shown = published(post, audience=1, board="mitglieder")
    for name, status in (("guest", 404), ("Bert", 404), ("Tom", 200), ("Anna", 200)):
        browser = client_as(name)
        assert browser.get(url_of(shown)).status_code == status, name
        assert ("Router neu starten" in browser.get("/knowledge").text) is (status == 200)


def test_a_wrong_slug_leads_to_the_right_one(solution, client):
    shown = published(solution)
    assert client.get(f"/knowledge/{shown.id}-falsch").location == url_of(shown)


def test_the_source_is_named_only_to_those_who_may_read_it(solution, client, client_as):
    shown = published(solution)
    assert "Wie starte ich den Router neu?" in client.get(url_of(shown)).text
    with transaction():
        db.session.execute(db.text("UPDATE topic SET audience = 3"))
    assert "Wie starte ich den Router neu?" not in client.get(url_of(shown)).text
    assert "Wie starte ich den Router neu?" in client_as("Anna").get(url_of(shown)).text


def test_a_guest_answers_without_a_cookie_and_the_count_moves(solution, client):
    shown = published(solution)
    answer = client.submit(
        f"/knowledge/{shown.id}/feedback", revision=shown.current_revision_id, helpful="yes"
    )
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    read = db.session.get_one(Revision, shown.current_revision_id)
    assert read.helpful_count == 1


@pytest.mark.parametrize("fields", [{}, {"helpful": "maybe"}, {"revision": "1e9", "helpful": "no"}])
def test_a_damaged_answer_is_refused(solution, client, fields):
    shown = published(solution)
    sent = {"revision": shown.current_revision_id, **fields}
    assert client.submit(f"/knowledge/{shown.id}/feedback", **sent).status_code == 400


@pytest.mark.parametrize(
    ("path", "name", "budget"),
    [
        ("/knowledge", "guest", 4),
        ("article", "guest", 4),
        ("article", "Tom", 6),
        ("article", "Anna", 9),
        ("/knowledge/suggestions", "Anna", 16),
        ("/knowledge/drafts", "Anna", 16),
        ("/knowledge/searches", "Anna", 16),
        ("/knowledge/1/revisions", "Anna", 16),
        ("/knowledge/1/edit", "Anna", 16),
        ("/search?q=router", "guest", 6),
    ],
)
def test_pages_stay_within_their_budget(
    solution: Any,
    work: Any,
    client_as: Any,
    count_queries: Callable[..., Any],
    path: str,
    name: str,
    budget: int,
) -> None:
    shown = published(solution)
    work()
    browser = client_as(name)
    with count_queries() as queries:
        page = browser.get(url_of(shown) if path == "article" else path)
    assert page.status_code == 200
    assert len(queries) <= budget, "\n".join(queries)


STAFF_PAGES = [
    f"/knowledge/{page}" for page in ["suggestions", "drafts", "searches", "new", "1/edit"]
]


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_pages_refuse_others(solution, client_as, path):
    published(solution)
    for name, status in (("guest", 303), ("Tom", 403), ("Uwe", 403), ("Bert", 403), ("Anna", 200)):
        assert client_as(name).get(path).status_code == status, name


def test_the_article_stands_above_its_topic_in_search_and_beside_it(solution, work, client):
    shown = published(solution)
    work()
    page = client.get("/search?q=router").text
    assert page.index(url_of(shown)) < page.index(f"/topics/{solution.topic_id}-")
    assert url_of(shown) not in client.get("/search?q=router&kind=topic").text
    topic = client.get(f"/topics/{solution.topic_id}", follow_redirects=True).text
    assert url_of(shown) in topic
    do("Anna", actions.archive, shown.id)
    work()
    assert url_of(shown) not in client.get("/search?q=router").text
    topic = client.get(f"/topics/{solution.topic_id}", follow_redirects=True).text
    assert url_of(shown) not in topic


def test_words_that_are_not_published_yet_are_not_found(solution, work, client):
    shown, board = published(solution), cast.board()
    words = content(solution="Geheimwort")
    do("Mo", actions.revise_article, shown.id, words, based_on=1, board=board, audience=0)
    work()
    assert url_of(shown) not in client.get("/search?q=geheimwort").text
    assert "Geheimwort" not in client.get(url_of(shown)).text
    do("Mo", actions.publish, shown.id)
    work()
    assert url_of(shown) in client.get("/search?q=geheimwort").text


def test_the_inbox_shows_suggestions_and_reviews_to_staff(app, solution, work):
    do("Anna", actions.submit_for_review, promoted(solution).id)
    solved("Zweite Frage")
    work()
    with app.test_request_context():
        items = inbox_items(cast.actor("Anna"), 10)
        assert [item.kind for item in items] == ["article", "suggestion"]
        assert items[1].title == "Zweite Frage"
        assert inbox_items(cast.actor("Uwe"), 10) == []


def test_hostile_words_are_shown_as_words(solution, client, client_as):
    evil = "<script>alert(1)</script>"
    shown = published(solution, solution=evil, problem=evil, valid_for=evil)
    assert "<script>alert" not in client.get(url_of(shown)).text
    assert "<script>alert" not in client_as("Anna").get(f"/knowledge/{shown.id}/revisions").text
    assert article(shown.id).state == "published"
