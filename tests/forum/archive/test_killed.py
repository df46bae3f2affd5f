"""Killed at any moment and started again, an import ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app import create_app
from app.accounts.models import Account
from app.config import load
from app.core.db import db
from app.core.jobs import Job
from app.core.search import engine
from app.forum.archive.rendering import POOL_FROM_BYTES
from app.forum.models import Acceptance, Board, Post, Topic
from app.forum.recount import recount_everything
from tests.conftest import ROOT
from tests.data_sets import THOROUGH
from tests.forum.archive.samples import import_file, post, thread, write

pytestmark = [pytest.mark.slow, pytest.mark.durable]

KILLS = 4 if THOROUGH else 1
THREADS = 150 + 100 * KILLS  # a batch has 100 of them
LINE_BYTES = 1 + POOL_FROM_BYTES // THREADS
PATIENCE_SECONDS = 60


def archive(folder: Path) -> Path:
    """Large enough that renderers run beside the writer and many transactions are needed.

    Most of it is blanks at the ends of lines, which cost neither of them any time.
    """
    lines = [
        thread(
            n,
            category=f"Bereich {n % 7}",
            accepted_post_id=f"{n}-2" if n % 3 else None,
            posts=[
                post(f"{n}-1", author=f"author{n % 50}"),
                post(f"{n}-2", author=f"Author{n % 31}", reply_to=f"{n}-1", likes=n % 5 - 1),
            ],
        )
        for n in range(THREADS)
    ]
    padded = [json.dumps(line).ljust(LINE_BYTES) for line in lines]
    return write(folder / "killed" / "threads.jsonl", *padded)


def begin(path: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "wsgi",
        "import-archive",
        str(path),
        "--json",
    ]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def topics() -> int:
    count = int(db.session.execute(select(func.count()).select_from(Topic)).scalar_one())
    db.session.rollback()  # PostgreSQL ends connections that wait inside a transaction
    return count


def wait_for_topics(process: subprocess.Popen[bytes], wanted: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while topics() < wanted and process.poll() is None:
        assert time.monotonic() < end, "the import does not get on"
        time.sleep(0.01)


def everything_written() -> list[Any]:
    """All that matters, without ids, in the order in which it was written."""
    parent = select(Post.source_id).where(Post.id == Post.parent_id).scalar_subquery()
    wanted = [
        select(Topic.source_id, Topic.title, Topic.posts_count, Topic.score, Topic.solved),
        select(Post.source_id, Post.html, Post.position, Post.imported_score, parent),
        select(Account.name, Account.source_id, Account.created_at, Account.solutions_count),
        select(Board.slug, Board.topics_count, Board.solved_count),
        select(Topic.source_id, Post.source_id).join(Acceptance, Acceptance.topic_id == Topic.id)
        .join(Post, Post.id == Acceptance.post_id),
    ]  # fmt: skip
    models = (Topic, Post, Account, Board, Acceptance)
    found = [
        [tuple(row) for row in db.session.execute(statement.order_by(model.id))]
        for statement, model in zip(wanted, models, strict=True)
    ]
    db.session.rollback()
    return found


@pytest.mark.only("sqlite", *(["postgresql"] if THOROUGH else []))
def test_a_killed_import_ends_like_an_unbroken_one(app, environment, tmp_path):
    path = archive(tmp_path)
    left: list[int] = []
    chance = random.Random(7)
    for kill in range(KILLS):
        process = begin(path, environment)
        try:
            wait_for_topics(process, topics() + chance.randint(1, THREADS // KILLS))
            time.sleep(chance.random() / 20)
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        left.append(topics())
        assert kill or 0 < left[0] < THREADS, "the premise: it was killed in the middle"
    process = begin(path, environment)
    out, _err = process.communicate(timeout=PATIENCE_SECONDS)
    report = json.loads(out)
    assert (process.returncode, report["topics"], report["posts"]) == (0, THREADS, 2 * THREADS)
    assert left == sorted(left)
    assert_as_if_unbroken(path, report, tmp_path)


def assert_as_if_unbroken(path: Path, report: dict[str, Any], folder: Path) -> None:
    assert recount_everything() == {"topics": 0, "boards": 0, "accounts": 0}
    assert db.session.execute(select(func.count()).where(Job.done_at.is_(None))).scalar() == 0
    assert engine().count() == THREADS
    engine().close()
    found = everything_written()
    other = folder / "unbroken"
    other.mkdir()
    fresh = create_app(load({"HELFERKREIS_INSTANCE": str(other)}))
    with fresh.app_context():
        db.create_all()
        assert import_file(fresh, path) == report | {"exit": 0}
        assert everything_written() == found
        engine().close()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.only("sqlite")
def test_a_killed_import_leaves_no_process_behind(app, environment, tmp_path):
    process = begin(archive(tmp_path), environment)
    try:
        wait_for_topics(process, 1)
        children = children_of(process.pid)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert len(children) >= 2 or os.cpu_count() == 1, "the premise: renderers run beside it"
    end = time.monotonic() + PATIENCE_SECONDS
    while any(is_running(pid) for pid in children):
        assert time.monotonic() < end, "a renderer outlived the import"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for children in lists for child in children.read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
