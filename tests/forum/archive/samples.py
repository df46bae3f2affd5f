"""Small archives for tests, and the command that takes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.core.db import Base, db, transaction


def post(post_id: Any = 11, **fields: Any) -> dict[str, Any]:
    """A sound post; a field that is set to ... is left out."""
    whole = {
        "post_id": post_id,
        "author": "karin",
        "created_at": "2016-09-17T10:40:52.944Z",
        "reply_to": None,
        "likes": 0,
        "markdown": f"Beitrag {post_id}",
    }
    return {name: value for name, value in (whole | fields).items() if value is not ...}


def thread(thread_id: Any = 1, **fields: Any) -> dict[str, Any]:
    """A sound line with a question and an answer, whose ids begin with the thread's."""
    first, second = f"{thread_id}-1", f"{thread_id}-2"
    whole = {
        "thread_id": thread_id,
        "title": "Router blinkt rot",
        "category": "Internet",
        "tags": ["router"],
        "accepted_post_id": None,
        "posts": [post(first), post(second, author="tom", reply_to=first, likes=2)],
    }
    return {name: value for name, value in (whole | fields).items() if value is not ...}


def write(path: Path, *lines: Any) -> Path:
    """Objects become JSON, texts and bytes are written as they are."""
    path.parent.mkdir(exist_ok=True)
    raw = [line if isinstance(line, bytes) else _encoded(line) for line in lines]
    path.write_bytes(b"".join(line + b"\n" for line in raw))
    return path


def _encoded(line: Any) -> bytes:
    return (line if isinstance(line, str) else json.dumps(line)).encode("utf-8", "surrogatepass")


def import_lines(app: Flask, folder: Path, *lines: Any, source: str = "old") -> dict[str, Any]:
    """The report of `import-archive --json` for these lines, with its exit status."""
    return import_file(app, write(folder / "archive" / "threads.jsonl", *lines), source=source)


def import_file(app: Flask, path: Path, *, source: str | None = None) -> dict[str, Any]:
    named = ["--source", source] if source else []
    result = app.test_cli_runner().invoke(args=["import-archive", str(path), "--json", *named])
    assert result.exit_code in (0, 3), (result.output, result.exception)
    report: dict[str, Any] = json.loads(result.stdout)
    return report | {"exit": result.exit_code}


def export(app: Flask, *options: str) -> list[dict[str, Any]]:
    """The lines of `export-archive -`."""
    result = app.test_cli_runner().invoke(args=["export-archive", "-", *options])
    assert result.exit_code == 0, (result.output, result.exception)
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def as_text(line: dict[str, Any]) -> str:
    """Equal only where 1, 1.0, "1" and true are told apart."""
    return json.dumps(line, sort_keys=True)


def empty(app: Flask) -> None:
    """Back to a forum in which nothing has happened."""
    with transaction():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())


def rows(model: Any, *columns: str) -> list[Any]:
    """One column's values, or tuples of several, in the order of the ids."""
    db.session.rollback()
    wanted = select(*(getattr(model, column) for column in columns)).order_by(model.id)
    result = db.session.execute(wanted)
    return list(result.scalars() if len(columns) == 1 else map(tuple, result))


def everything() -> dict[str, int]:
    """How many rows each table has; jobs come and go."""
    db.session.rollback()
    return {
        name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in Base.metadata.tables.items()
        if name != "job"
    }
