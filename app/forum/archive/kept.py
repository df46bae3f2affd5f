"""What the columns cannot give back, kept as JSON beside the row for whoever writes an archive.

`topic.imported` and `post.imported` are `{"given": {field: value as in the file, …}}`. To write the
line again: build it from the columns (times by `time_text`, ids from source_id, authors from the
account's source_id), then put `given` over it. A time in `given` counts only while `parse_time` of
it still equals its column; where it has "updated_at" and no "edited_at", the column came from that.
The text of a post is never in it.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from app.forum.archive.fields import time_text

KEPT_CHARACTERS = 10_000  # of JSON per topic and per post

#: Fields of the format come first, so that no unknown one takes their room.
_KNOWN = frozenset(
    """
    thread_id title category tags accepted_post_id created_at views closed archived pinned kind
    post_id author reply_to likes updated_at edited_at staff action hidden post_number
    """.split()  # noqa: SIM905 — a list literal would be 20 lines
)
_ESCAPED_NUL = "\\u0000"


def keep(data: Mapping[str, Any], reproduced: Container[str]) -> tuple[dict[str, Any], list[str]]:
    """`imported` for a thing of which the columns give back `reproduced`, and what found no room.

    Nothing in here refuses a line: what is too large or cannot be stored is left out and named.
    """
    given: dict[str, Any] = {}
    left_out: list[str] = []
    room = KEPT_CHARACTERS
    extra = [name for name in data if name not in reproduced]
    for name in sorted(extra, key=lambda name: name not in _KNOWN):
        size = _stored_size(name, data[name])
        if size is None or size > room:
            left_out.append(name)
        else:
            given[name] = data[name]
            room -= size
    return ({"given": given} if given else {}), left_out


def _stored_size(name: str, value: Any) -> int | None:
    """Characters as JSON, or None for what PostgreSQL's JSON does not take."""
    try:
        text = json.dumps({name: value}, ensure_ascii=False, allow_nan=False)
        text.encode()  # refuses lone surrogates
    except (ValueError, RecursionError):
        return None
    return None if _ESCAPED_NUL in text else len(text)


def same_time(raw: Any, moment: datetime | None) -> bool:
    """Whether the column alone gives back exactly this text."""
    return raw is None if moment is None else raw == time_text(moment)
