"""Bad input at the forum's forms: a sentence at the field, the text kept, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.search import engine
from app.forum.models import Post, Topic
from tests import cast
from tests.data_sets import THOROUGH, data_set, hostile_strings, spread

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


def lines(path: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


class Fields:
    """Every field of the forum's forms and addresses, each with a text sent in it."""

    def __init__(self, browser: Any, topic_id: int) -> None:
        self.browser, self.answers = browser, f"/topics/{topic_id}/posts"
        self.writing: list[Callable[[str], int]] = [
            *(partial(self.ask, field) for field in ("title", "tags", "board", "text")),
            lambda text: self.answer(text, ""),
            lambda text: self.answer(text, text),
        ]
        self.reading: list[Callable[[str], int]] = [
            lambda text: self.get("/topics", filter=text, after=text),
            lambda text: self.get("/topics/ask", title=text),
        ]

    def ask(self, field: str, text: str) -> int:
        return self.submit("/topics/ask", **{**GOOD, field: text})

    def answer(self, text: str, parent: str) -> int:
        return self.submit(self.answers, text=text or "leer", parent=parent)

    def search(self, text: str) -> int:
        return self.get("/search", q=text)

    def submit(self, url: str, **fields: str) -> int:
        return int(self.browser.submit(url, **fields).status_code)

    def get(self, url: str, **query: str) -> int:
        return int(self.browser.get(url, query_string=query).status_code)


@pytest.fixture
def fields(client_as: Callable[..., Any]) -> Fields:
    engine().clear()  # a search needs an index, be it empty
    return Fields(client_as("Karin", "de"), cast.make_topic().id)


@pytest.mark.slow
def test_hostile_strings_can_be_written_and_searched_for(fields: Fields) -> None:
    """Title and text together; where the title is refused, the text goes into an answer.

    A third of them here, and all of them below, over the fields.
    """
    for text in spread(hostile_strings(), 3):
        asked = fields.submit("/topics/ask", **{**GOOD, "title": text, "text": text})
        assert asked in (303, 422), text
        assert asked == 303 or fields.answer(text, "") in (303, 422), text
        assert fields.search(text) == 200, text


@pytest.mark.slow
def test_hostile_strings_in_every_field_never_break_the_page(fields: Fields) -> None:
    strings = hostile_strings()
    share = len(fields.writing) + len(fields.reading)
    for number, send in enumerate(fields.writing):
        for text in spread(strings, share, number):
            assert send(text) in (303, 422), (number, text)
    for number, send in enumerate(fields.reading, start=len(fields.writing)):
        for text in spread(strings, share, number):
            assert send(text) == 200, (number, text)


def test_a_share_of_each_field_is_all_strings_over_the_fields() -> None:
    shares = [spread("abcdefghijk", 4, field) for field in range(4)]
    assert sorted(item for share in shares for item in share) == list("abcdefghijk") or THOROUGH


@pytest.mark.slow
def test_markdown_of_all_kinds_can_be_posted_or_is_refused_in_words(
    client_as: Callable[..., Any],
) -> None:
    """Each case is rendered in core/text/test_safety.py; here it goes the whole way, a few do."""
    topic = cast.make_topic()
    browser = client_as("Tom", "de")
    folder = data_set("markdown")
    for name in ("commonmark_spec", "markdown_cases", "autolink_cases"):
        for case in spread(lines(folder / f"{name}.jsonl"), 5):
            text = case.get("markdown") or case.get("text") or case.get("input") or ""
            sent = browser.submit(f"/topics/{topic.id}/posts", text=text)
            assert sent.status_code in (303, 422), text
    for case in lines(folder / "pathological.jsonl"):
        text = "".join(part * times for part, times in case["parts"])
        assert browser.submit(f"/topics/{topic.id}/posts", text=text).status_code in (422, 303)
