"""T-03 in part: payloads as titles, names, tags and board names, on the forum's own pages.

The pages are shown without their Content-Security-Policy, which would hide a hole.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from app.accounts.models import NAME_LENGTH, Account
from app.core import clock
from app.core.db import db, transaction
from app.core.forms import one_line
from app.core.text import PIPELINE_VERSION
from app.forum.models import TAG_LENGTH, TITLE_LENGTH, Board, Post, Tag, Topic, TopicTag
from app.forum.search import engine, update_index
from tests import cast
from tests.core.text.test_xss_browser import Watched, chromium, watched
from tests.data_sets import json_lines

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

__all__ = ["chromium", "watched"]  # fixtures

PAGES_AT_ONCE = 4
EVERY_NTH_TOPIC = 40


@pytest.fixture
def hostile(app: Flask) -> list[int]:
    """One topic for each payload, which is its title, its author's name and its tag."""
    board_id = cast.board().id
    payloads = [one_line(line["payload"]) or "-" for line in json_lines("sec_xss", "xss.jsonl")]
    moment = clock.now()
    engine().clear()
    with transaction():
        db.session.execute(insert(Board), [board(n, text) for n, text in enumerate(payloads[:30])])
        for number, text in enumerate(payloads, start=1):
            add_topic(number, text, board_id, moment)
    update_index(range(1, len(payloads) + 1))
    return list(range(1, len(payloads) + 1))


def board(number: int, text: str) -> dict[str, Any]:
    return {"slug": f"b{number}", "name": text[:100], "description": text[:300]}


def add_topic(number: int, text: str, board_id: int, moment: Any) -> None:
    author = Account(
        name=text[:NAME_LENGTH],
        name_key=f"key {number}",
        name_skeleton=f"skeleton {number}",
        about=text[:1000],
        state="imported",
        created_at=moment,
    )
    tag = Tag(name=f"{number} {text}"[:TAG_LENGTH])
    db.session.add_all([author, tag])
    db.session.flush()
    topic = Topic(
        board_id=board_id,
        author_id=author.id,
        kind="question",
        title=text[:TITLE_LENGTH],
        created_at=moment,
        last_post_at=moment,
        posts_count=1,
    )
    db.session.add(topic)
    db.session.flush()
    post = {"topic_id": topic.id, "author_id": author.id, "kind": "question", "position": 1}
    html = {"text": "Hallo", "html": "<p>Hallo</p>", "html_version": PIPELINE_VERSION}
    db.session.add(Post(**post, **html, created_at=moment))
    db.session.add(TopicTag(topic_id=topic.id, tag_id=tag.id))


def pages(client: Any, topics: list[int]) -> list[str]:
    """Every list with every title and name, and the pages of some topics and members."""
    shown = [client.get(url).text for url in ("/", "/boards", "/tags", "/members")]
    url: str | None = "/topics"
    while url:
        shown.append(client.get(url).text)
        following = re.search(r'href="([^"]+)" rel="next"', shown[-1])
        url = following[1].replace("&amp;", "&") if following else None
    for topic_id in topics[::EVERY_NTH_TOPIC]:
        page = client.get(f"/topics/{topic_id}", follow_redirects=True)
        assert page.status_code == 200
        shown.append(page.text)
    for words in ("script", "alert", "img onerror", "svg", "javascript"):
        shown.append(client.get("/search", query_string={"q": words}).text)
    return shown


def test_t03_no_title_name_or_tag_runs(hostile: list[int], client: Any, watched: Watched) -> None:
    shown = pages(client, hostile)
    assert sum(page.count("hk-topic__title") for page in shown) >= len(hostile)
    for start in range(0, len(shown), PAGES_AT_ONCE):
        watched.show("".join(shown[start : start + PAGES_AT_ONCE]))
        watched.touch_everything()
    assert watched.executions == []


def test_t03_the_harness_would_notice_a_title_that_runs(
    hostile: list[int], client: Any, watched: Watched
) -> None:
    """The control: the same pages with their escaping taken away run."""
    for page in pages(client, hostile)[:30]:
        watched.show(unescape(page))  # only looked at: clicking would lead away from it
    assert len(watched.executions) > 5
