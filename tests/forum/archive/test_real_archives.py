"""Two real archives, compared with their files field by field; nothing is refused or lost.

The first lines of each; all where HELFERKREIS_THOROUGH=1.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.search import engine
from app.forum.models import Acceptance, Post, Topic
from app.forum.recount import recount_everything
from tests.data_sets import THOROUGH, data_set, json_lines
from tests.databases import Databases
from tests.forum.archive.samples import as_text, everything, export, import_file

pytestmark = pytest.mark.slow

SECONDS = 180
FIRST = 150
LINES = {"sqlite": 250, "postgresql": FIRST}


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


def assert_equal_to_file(app: Flask, threads: list[dict[str, Any]]) -> None:
    """`export-archive --all` gives back every line as it came: order, fields, types."""
    found = export(app, "--all")
    assert len(found) == len(threads)
    for line, thread in zip(found, threads, strict=True):
        assert as_text(line) == as_text(thread)


def test_the_discourse_archive_comes_in_whole(app, take, tmp_path):
    begun = time.monotonic()
    archive = take("forum_urho3d")
    assert time.monotonic() - begun < SECONDS
    if archive.whole:  # the premise: the real file
        assert (len(archive.threads), archive.report["posts"]) == (1510, 8907)
    assert archive.report == report_of(archive.threads)
    assert_equal_to_file(app, archive.threads)
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
    assert engine().count() == len(threads)
    engine().close()


def count(model: Any, *conditions: Any) -> int:
    wanted = select(func.count()).select_from(model).where(*conditions)
    return int(db.session.execute(wanted).scalar_one())


def test_the_html_archive_comes_in_whole(app, take):
    archive = take("forum_stackexchange")
    likes = [post["likes"] for thread in archive.threads for post in thread["posts"]]
    assert min(likes) < 0  # the premise
    assert archive.report == report_of(archive.threads)
    assert_equal_to_file(app, archive.threads)
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
    assert_equal_to_file(app, sound)


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
