"""T-03 in part: payloads as titles, names, tags and board names, on the forum's own pages.

The pages are shown without their Content-Security-Policy, which would hide a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice, zip_longest
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from app.accounts.models import NAME_LENGTH, Account
from app.core import clock
from app.core.db import db, transaction
from app.core.forms import one_line
from app.core.search import engine
from app.core.text import PIPELINE_VERSION
from app.forum.models import TAG_LENGTH, TITLE_LENGTH, Board, Post, Tag, Topic, TopicTag
from app.forum.search import update_index
from tests import cast
from tests.core.text.test_xss_browser import Watched, chromium, watched
from tests.data_sets import json_lines, spread

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

__all__ = ["chromium", "watched"]  # fixtures

PAGES_AT_ONCE = 4
EVERY_NTH_TOPIC = 26
ENOUGH = 5  # executions
FIELDS = 3  # title, name, tag


@pytest.fixture
def hostile(app: Flask) -> list[int]:
    """Topics with a payload as title, as author's name and as tag; each payload is one of them."""
    board_id = cast.board().id
    payloads = [one_line(line["payload"]) or "-" for line in json_lines("sec_xss", "xss.jsonl")]
    moment = clock.now()
    engine().clear()
    titles, names, tags = (spread(payloads, FIELDS, field) for field in range(FIELDS))
    with transaction():
        db.session.execute(insert(Board), [board(n, text) for n, text in enumerate(payloads[:30])])
        for number, texts in enumerate(zip_longest(titles, names, tags, fillvalue="-"), start=1):
            add_topic(number, texts, board_id, moment)
    update_index(range(1, len(titles) + 1))
    return list(range(1, len(titles) + 1))


def board(number: int, text: str) -> dict[str, Any]:
    return {"slug": f"b{number}", "name": text[:100], "description": text[:300]}


def add_topic(number: int, texts: tuple[str, str, str], board_id: int, moment: Any) -> None:
    title, name, tag_name = texts
    author = Account(
        name=name[:NAME_LENGTH],
        name_key=f"key {number}",
        name_skeleton=f"skeleton {number}",
        about=name[:1000],
        state="imported",
        created_at=moment,
    )
    tag = Tag(name=f"{number} {tag_name}"[:TAG_LENGTH])
    db.session.add_all([author, tag])
    db.session.flush()
    topic = Topic(
        board_id=board_id,
        author_id=author.id,
        kind="question",
        title=title[:TITLE_LENGTH],
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


def pages(client: Any, topics: list[int]) -> Iterator[str]:
    """Every list with every title and name, and the pages of some topics and members."""
    for first in ("/", "/boards", "/tags", "/members"):
        yield client.get(first).text
    url: str | None = "/topics"
    while url:
        page = client.get(url).text
        yield page
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = following[1].replace("&amp;", "&") if following else None
    for topic_id in topics[::EVERY_NTH_TOPIC]:
        topic = client.get(f"/topics/{topic_id}", follow_redirects=True)
        assert topic.status_code == 200
        yield topic.text
    for words in ("script", "alert", "img onerror", "svg", "javascript"):
        yield client.get("/search", query_string={"q": words}).text


def test_t03_no_title_name_or_tag_runs(hostile: list[int], client: Any, watched: Watched) -> None:
    shown = list(pages(client, hostile))
    assert sum(page.count("hk-topic__title") for page in shown) >= len(hostile)
    for start in range(0, len(shown), PAGES_AT_ONCE):
        watched.show("".join(shown[start : start + PAGES_AT_ONCE]))
        watched.touch_everything()
    assert watched.executions == []


def test_t03_the_harness_would_notice_a_title_that_runs(
    hostile: list[int], client: Any, watched: Watched
) -> None:
    """The control: the same pages with their escaping taken away run."""
    for page in islice(pages(client, hostile), 30):
        watched.show(unescape(page))  # only looked at: clicking would lead away from it
        if len(watched.executions) > ENOUGH:
            break
    assert len(watched.executions) > ENOUGH
