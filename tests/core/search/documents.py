"""Making documents, and reading the data sets as documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.search import Document, Hit

CREATED_AT = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)


def make_document(id: int, title: str = "", **changed: Any) -> Document:
    values: dict[str, Any] = {
        "kind": "topic",
        "tags": "",
        "question": "",
        "solution": "",
        "posts": "",
        "audience": 0,
        "created_at": CREATED_AT,
    }
    if "year" in changed:
        changed["created_at"] = CREATED_AT.replace(year=changed.pop("year"))
    return Document(id=id, title=title, **(values | changed))


def ids(hits: list[Hit]) -> list[int]:
    return [hit.id for hit in hits]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def thread_documents(folder: Path) -> Iterator[Document]:
    for thread in rows(folder / "threads.jsonl"):
        texts = {p["post_id"]: p.get("markdown") or p.get("html") or "" for p in thread["posts"]}
        solution = texts.pop(thread["accepted_post_id"], "")
        question, *posts = texts.values() or [""]
        yield make_document(
            thread["thread_id"],
            thread["title"],
            question=question,
            solution=solution,
            posts="\n".join(posts),
            language="en",
        )
