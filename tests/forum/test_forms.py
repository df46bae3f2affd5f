"""Bad input at the forum's forms: a sentence at the field, the text kept, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.forum.models import Post, Topic
from app.forum.search import engine
from tests import cast
from tests.data_sets import data_set

GOOD = {
    "board": "internet",
    "kind": "question",
    "title": "Warum blinkt der Router?",
    "text": "Seit gestern blinkt er rot.",
    "tags": "WLAN, Router",
}


def posts() -> int:
    return int(db.session.execute(select(func.count()).select_from(Post)).scalar_one())


def test_a_question_is_published_and_leads_to_its_topic(client_as: Callable[..., Any]) -> None:
    cast.board()
    sent = client_as("Karin").submit("/topics/ask", **GOOD)
    assert sent.status_code == 303
    assert "?done=asked" in sent.location
    topic = db.session.execute(select(Topic)).scalar_one()
    assert (topic.title, topic.kind) == (GOOD["title"], "question")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Frage in einem Satz"),
        ("title", "   ", "Frage in einem Satz"),
        ("title", "Hm?", "ein paar Wörter"),
        ("title", "x" * 201, "201"),
        ("text", "", "beschreiben"),
        ("text", " \n\t ", "beschreiben"),
        ("text", "x" * 20_001, "20.000"),
        ("text", "a\n" * 1_501, "1.500"),
        ("text", "Zahl\x00null", "nicht gespeichert"),
        ("title", "Zahl\x00null und mehr", "nicht gespeichert"),
        ("board", "", "Bereich"),
        ("board", "gibt-es-nicht", "Bereich"),
        ("board", "team", "Bereich"),
        ("kind", "announcement", "Diskussion"),
        ("kind", "", "Diskussion"),
        ("tags", "a,b,c,d,e,f", "höchstens 5"),
        ("tags", "<script>", "Schlagwort"),
        ("tags", "x" * 500, "160"),
    ],
)
def test_each_mistake_is_named_at_its_field_and_nothing_is_lost(
    field: str, value: str, words: str, client_as: Callable[..., Any]
) -> None:
    cast.board()
    cast.board("team")
    other = "text" if field == "title" else "title"
    page = client_as("Karin", "de").submit("/topics/ask", **{**GOOD, field: value})
    assert page.status_code == 422
    assert words in page.text.replace("\xa0", " "), page.text
    assert f'id="{field}-error"' in page.text
    assert GOOD[other] in page.text
    assert posts() == 0


def test_a_field_sent_twice_or_missing_is_no_error_of_ours(client_as: Callable[..., Any]) -> None:
    cast.board()
    browser = client_as("Karin")
    assert browser.submit("/topics/ask").status_code == 422
    twice = browser.submit("/topics/ask", **{**GOOD, "title": ["Erster Titel", "Zweiter Titel"]})
    assert twice.status_code == 303
    extra = browser.submit("/topics/ask", **GOOD, state="hidden", author_id="1", pinned="1")
    assert extra.status_code == 303
    assert db.session.execute(select(func.count()).where(Topic.pinned)).scalar_one() == 0


def test_the_same_form_twice_makes_one_topic(client_as: Callable[..., Any]) -> None:
    cast.board()
    browser = client_as("Karin")
    sent = [browser.submit("/topics/ask", **GOOD, idempotency_key="k" * 22) for _ in range(2)]
    assert sent[0].location == sent[1].location
    assert posts() == 1


def test_the_same_key_with_another_text_is_refused_and_the_text_kept(
    client_as: Callable[..., Any],
) -> None:
    cast.board()
    browser = client_as("Karin", "de")
    browser.submit("/topics/ask", **GOOD, idempotency_key="k" * 22)
    page = browser.submit(
        "/topics/ask", **{**GOOD, "text": "Ein anderer Text."}, idempotency_key="k" * 22
    )
    assert page.status_code == 422
    assert "Ein anderer Text." in page.text
    assert posts() == 1


@pytest.mark.parametrize("key", ["kurz", "x" * 65, "mit leer zeichen", "'; DROP TABLE post;--"])
def test_a_damaged_key_is_refused(key: str, client_as: Callable[..., Any]) -> None:
    cast.board()
    assert client_as("Karin").submit("/topics/ask", **GOOD, idempotency_key=key).status_code == 422
    assert posts() == 0


def test_a_stale_page_keeps_the_text_and_offers_to_send_again(
    client_as: Callable[..., Any],
) -> None:
    cast.board()
    page = client_as("Karin", "de").submit("/topics/ask", **GOOD, csrf_token="alt")
    assert page.status_code == 400
    assert GOOD["text"] in page.text
    assert "csrf_token" in page.text
    assert posts() == 0


def test_a_guest_who_answers_is_asked_to_sign_in_and_the_text_is_kept(client: Any) -> None:
    topic = cast.make_topic()
    page = client.submit(f"/topics/{topic.id}/posts", text="Mein langer Text.")
    assert page.status_code == 401
    assert "Mein langer Text." in page.text
    assert posts() == 1


def test_preview_without_script_shows_the_text_and_publishes_nothing(
    client_as: Callable[..., Any],
) -> None:
    topic = cast.make_topic()
    page = client_as("Tom").submit(f"/topics/{topic.id}/posts", text="**fett** hier", preview="1")
    assert page.status_code == 200
    assert "<strong>fett</strong>" in page.text
    assert "**fett** hier" in page.text
    assert posts() == 1


@pytest.mark.parametrize("parent", ["abc", "-1", "0", "999999", "99999999999999999999999"])
def test_a_strange_parent_is_a_sentence(parent: str, client_as: Callable[..., Any]) -> None:
    topic = cast.make_topic()
    page = client_as("Tom").submit(f"/topics/{topic.id}/posts", text="Hallo", parent=parent)
    assert page.status_code == 422
    assert "Hallo" in page.text
    assert posts() == 1


def test_a_parent_in_a_board_that_one_cannot_see_reveals_nothing(
    client_as: Callable[..., Any],
) -> None:
    topic = cast.make_topic()
    secret = cast.make_topic("Internes", board_slug="team", author="Anna", text="Geheimer Text")
    first = db.session.execute(select(Post.id).filter_by(topic_id=secret.id)).scalar_one()
    page = client_as("Tom").submit(f"/topics/{topic.id}/posts", text="Hallo", parent=str(first))
    assert page.status_code == 422
    assert "Geheimer Text" not in page.text


def hostile_texts() -> list[str]:
    folder = data_set("sec_web_inputs")
    rows = [*lines(folder / "naughty_strings.jsonl"), *lines(folder / "web_inputs.jsonl")]
    return [row.get("string", row.get("payload", "")) for row in rows]


def lines(path: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.mark.slow
def test_hostile_strings_in_every_field_never_break_the_page(
    client_as: Callable[..., Any],
) -> None:
    engine().clear()  # a search needs an index, be it empty
    topic = cast.make_topic()
    browser = client_as("Karin", "de")
    for text in hostile_texts():
        for field in ("title", "tags", "board", "text"):
            sent = browser.submit("/topics/ask", **{**GOOD, field: text})
            assert sent.status_code in (303, 422), (field, text)
        for parent in ("", text):
            sent = browser.submit(f"/topics/{topic.id}/posts", text=text or "leer", parent=parent)
            assert sent.status_code in (303, 422), text
        assert browser.get("/search", query_string={"q": text}).status_code == 200, text
        assert (
            browser.get("/topics", query_string={"filter": text, "after": text}).status_code == 200
        )
        assert browser.get("/topics/ask", query_string={"title": text}).status_code == 200


@pytest.mark.slow
def test_all_markdown_cases_can_be_posted_or_are_refused_in_words(
    client_as: Callable[..., Any],
) -> None:
    topic = cast.make_topic()
    browser = client_as("Tom", "de")
    folder = data_set("markdown")
    for name in ("commonmark_spec", "markdown_cases", "autolink_cases"):
        for case in lines(folder / f"{name}.jsonl"):
            text = case.get("markdown") or case.get("text") or case.get("input") or ""
            sent = browser.submit(f"/topics/{topic.id}/posts", text=text)
            assert sent.status_code in (303, 422), text
    for case in lines(folder / "pathological.jsonl"):
        text = "".join(part * times for part, times in case["parts"])
        assert browser.submit(f"/topics/{topic.id}/posts", text=text).status_code in (422, 303)
