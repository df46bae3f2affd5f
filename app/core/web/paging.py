"""Pages of a list by key: a page knows its items and where the next one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from app.core.web.converters import MAX_ID

CURSOR_PATTERN = re.compile(r"(?:-?[0-9]{1,19})(?:\.-?[0-9]{1,19}){0,2}")


@dataclass(frozen=True)
class Page:
    """`next` and `previous` are URLs or None; `previous` leads back to the list's beginning."""

    items: Sequence[Any]
    next: str | None = None
    previous: str | None = None


Cursor = tuple[int, ...]


def cursor_from_request(name: str = "after") -> Cursor | None:
    """The key after which the page begins, e.g. `?after=17.42`; None for nonsense."""
    raw = request.args.get(name, "")
    if not CURSOR_PATTERN.fullmatch(raw):
        return None
    key = tuple(int(part) for part in raw.split("."))
    return key if all(abs(part) <= MAX_ID for part in key) else None


def cursor_text(parts: Cursor) -> str:
    return ".".join(str(part) for part in parts)
