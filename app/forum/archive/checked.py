"""What a sound line says, ready to be written: no file's words, no database's either."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Note:
    """Something that was taken differently than the file has it."""

    text: str
    post_id: Any = None


@dataclass(frozen=True, kw_only=True)
class CheckedPost:
    """`parent` is an index into the thread's posts; `imported` see kept.py."""

    given_id: Any
    source_id: str
    author: str
    author_name: str
    kind: str
    state: str
    format: str
    text: str
    created_at: datetime
    edited_at: datetime | None
    score: int
    parent: int | None
    imported: dict[str, Any]

    @property
    def is_counted(self) -> bool:
        return self.state == "visible" and self.kind != "note"


@dataclass(frozen=True, kw_only=True)
class CheckedThread:
    """`solution` is an index into `posts`, which are never empty."""

    given_id: Any
    source_id: str
    title: str
    category: str
    given_category: str
    tags: tuple[str, ...]
    kind: str
    state: str
    audience: int
    language: str
    created_at: datetime
    views: int
    closed: bool
    pinned: bool
    solution: int | None
    imported: dict[str, Any]
    posts: tuple[CheckedPost, ...]
    notes: tuple[Note, ...] = field(default=())

    @property
    def score(self) -> int:
        return sum(post.score for post in self.posts)
