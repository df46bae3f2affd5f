"""Two real archives, compared with their files field by field; nothing is refused or lost.

The first lines of each (all of the smaller one on SQLite); all where HELFERKREIS_THOROUGH=1.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.db import db
from app.forum import search
from app.forum.archive.fields import parse_time, time_text
from app.forum.models import Acceptance, Board, Closure, Pin, Post, Tag, Topic, TopicTag
from app.forum.recount import recount_everything
from tests.data_sets import THOROUGH, data_set, json_lines
from tests.databases import Databases
from tests.forum.archive.samples import everything, import_file

pytestmark = pytest.mark.slow

SECONDS = 180
FIRST = 150
LINES = {"sqlite": 500, "postgresql": FIRST}
FLAGS = ("closed", "pinned")


def report_of(threads: list[dict[str, Any]]) -> dict[str, Any]:
    """What the report must say, counted in the file itself."""
    posts = [post for thread in threads for post in thread["posts"]]
    return {
        "topics": len(threads),
        "posts": len(posts),
        "accounts": len({post["author"] for post in posts}),
        "solutions": sum(thread["accepted_post_id"] is not None for thread in threads),
        "score": sum(post["likes"] for post in posts),
        "refused": [],
        "notes": [],
        "exit": 0,
    }


def with_flags(thread: dict[str, Any]) -> dict[str, Any]:
    """A missing flag means the same as false."""
    return dict.fromkeys(FLAGS, False) | thread


def lines_from_database(source: str) -> Iterator[dict[str, Any]]:
    """Every line again, from the rows alone, by the rules that stand in archive/kept.py."""
    authors = dict(db.session.execute(select(Account.id, Account.source_id)).all())
    names = dict(db.session.execute(select(Board.id, Board.name)).all())
    closed = set(db.session.execute(select(Closure.topic_id)).scalars())
    pinned = set(db.session.execute(select(Pin.topic_id)).scalars())
    accepted = dict(db.session.execute(select(Acceptance.topic_id, Acceptance.post_id)).all())
    topics = select(Topic).where(Topic.source == source).order_by(Topic.id)
    for topic in db.session.execute(topics).scalars():
        rows = posts_of(topic.id)
        ids = {row.id: given(row, "post_id", row.source_id) for row in rows}
        posts = [post_line(row, ids, authors[row.author_id]) for row in rows]
        line = {
            "thread_id": topic.source_id,
            "title": topic.title,
            "category": names[topic.board_id],
            "tags": tags_of(topic.id),
            "created_at": time_text(topic.created_at),
            "views": topic.views,
            "closed": topic.id in closed,
            "pinned": topic.id in pinned,
            "accepted_post_id": ids.get(accepted.get(topic.id)),
            "posts": posts,
        }
        assert (topic.closed, topic.pinned) == (line["closed"], line["pinned"])
        yield line | topic.imported.get("given", {})


def given(row: Any, name: str, otherwise: Any) -> Any:
    return row.imported.get("given", {}).get(name, otherwise)


def posts_of(topic_id: int) -> list[Post]:
    wanted = select(Post).where(Post.topic_id == topic_id).order_by(Post.position)
    return list(db.session.execute(wanted).scalars())


def tags_of(topic_id: int) -> list[str]:
    wanted = select(Tag.name).join(TopicTag).where(TopicTag.topic_id == topic_id)
    return list(db.session.execute(wanted.order_by(TopicTag.position)).scalars())


def post_line(row: Post, ids: dict[int, Any], author: str) -> dict[str, Any]:
    line = {
        "post_id": row.source_id,
        "author": author,
        "created_at": time_text(row.created_at),
        "reply_to": ids[row.parent_id] if row.parent_id else None,
        "likes": row.imported_score,
        row.format: row.text,
    }
    kept = row.imported.get("given", {})
    if row.edited_at and "updated_at" not in kept:
        line["edited_at"] = time_text(row.edited_at)
    for name, value in kept.items():
        if name in ("edited_at", "updated_at") and value is not None:
            assert parse_time(value) == row.edited_at
    return line | kept


@dataclass
class Archive:
    """A real archive or its first lines, and what the import said about it."""

    path: Path
    threads: list[dict[str, Any]]
    whole: bool
    report: dict[str, Any]

    @property
    def source(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


@pytest.fixture
def take(app: Flask, databases: Databases, tmp_path: Path) -> Callable[[str], Archive]:
    """Imports the first LINES of an archive, or all of it where HELFERKREIS_THOROUGH=1."""
    limit = LINES[databases.kind]

    def taken(name: str) -> Archive:
        path = data_set(name) / "threads.jsonl"
        threads = list(json_lines(name, "threads.jsonl"))
        whole = THOROUGH or len(threads) <= limit
        if not whole:
            path, threads = first_lines(path, tmp_path / name, limit), threads[:limit]
        return Archive(path, threads, whole, import_file(app, path))

    return taken


def first_lines(path: Path, folder: Path, limit: int = FIRST) -> Path:
    folder.mkdir()
    part = folder / path.name
    with path.open("rb") as lines:
        part.write_bytes(b"".join(islice(lines, limit)))
    return part


def assert_equal_to_file(source: str, threads: list[dict[str, Any]]) -> None:
    db.session.rollback()
    found = list(lines_from_database(source))
    assert len(found) == len(threads)
    for line, thread in zip(found, threads, strict=True):
        wanted = with_flags(thread)
        wanted["posts"] = [without_null(post, "edited_at") for post in wanted["posts"]]
        assert line == wanted


def without_null(post: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in post.items() if key != name or value is not None}


def test_the_discourse_archive_comes_in_whole(app, take, tmp_path):
    begun = time.monotonic()
    archive = take("forum_urho3d")
    assert time.monotonic() - begun < SECONDS
    if archive.whole:  # the premise: the real file
        assert (len(archive.threads), archive.report["posts"]) == (1510, 8907)
    assert archive.report == report_of(archive.threads)
    assert_equal_to_file(archive.source, archive.threads)
    assert_rows_agree(archive.threads)
    before = everything()
    part = first_lines(archive.path, tmp_path / "again")
    again = import_file(app, part, source=archive.source)
    assert (again, everything()) == (report_of(archive.threads[:FIRST]), before)


def assert_rows_agree(threads: list[dict[str, Any]]) -> None:
    """What reading one line after the other does not show."""
    posts = [post for thread in threads for post in thread["posts"]]
    acted = [p for p in posts if p.get("action") and not (p.get("markdown") or p.get("html"))]
    assert count(Post, Post.kind == "note") == len(acted) > 0
    assert count(Post, Post.kind == "question") == len(threads)
    longest = db.session.execute(select(func.max(func.length(Post.text)))).scalar_one()
    assert longest == max(len(p.get("markdown") or p.get("html", "")) for p in posts)
    assert count(Topic, Topic.solved) == count(Acceptance)
    score = db.session.execute(select(func.sum(Topic.score))).scalar_one()
    assert score == sum(post["likes"] for post in posts)
    assert recount_everything() == {"topics": 0, "boards": 0, "accounts": 0}
    assert search.engine().count() == len(threads)
    search.engine().close()


def count(model: Any, *conditions: Any) -> int:
    wanted = select(func.count()).select_from(model).where(*conditions)
    return int(db.session.execute(wanted).scalar_one())


def test_the_html_archive_comes_in_whole(take):
    archive = take("forum_stackexchange")
    likes = [post["likes"] for thread in archive.threads for post in thread["posts"]]
    assert min(likes) < 0  # the premise
    assert archive.report == report_of(archive.threads)
    assert_equal_to_file(archive.source, archive.threads)
    wanted = select(Post.html).where(Post.format == "html").limit(50)
    htmls = list(db.session.execute(wanted).scalars())
    assert all(html.startswith("<") and "&lt;p&gt;" not in html for html in htmls)


def test_a_broken_copy_of_a_real_archive_loses_only_its_broken_lines(app, tmp_path):
    """Every seventh line is broken in another way; the others are equal to the file."""
    lines = (data_set("forum_stackexchange") / "threads.jsonl").read_bytes().splitlines(True)[:140]
    broken = [break_line(line, n) if n % 7 == 0 else line for n, line in enumerate(lines)]
    path = Path(tmp_path / "threads.jsonl")
    path.write_bytes(b"".join(broken))
    report = import_file(app, path, source="broken")
    assert report["exit"] == 3
    assert [r["line"] for r in report["refused"]] == list(range(1, 141, 7))
    sound = [json.loads(line) for n, line in enumerate(lines) if n % 7]
    assert report["topics"] == len(sound) == 120
    assert_equal_to_file("broken", sound)


def break_line(line: bytes, number: int) -> bytes:
    ways = [
        line[: len(line) // 2] + b"\n",
        line.replace(b'"likes":', b'"likes":"x",  "lost":', 1),
        line.replace(b'"posts":', b'"poste":', 1),
        line.replace(b'"title":"', b'"title":"\\u0000', 1),
        line.replace(b'"title":"', b'"title":"\xff', 1),
        b"\n",
        line.replace(b"T", b"T99", 1) if b'"created_at"' in line else b"{}\n",
    ]
    return ways[number // 7 % len(ways)]
