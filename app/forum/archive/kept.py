"""What the columns cannot give back, kept as JSON beside the row for whoever writes an archive.

`topic.imported` and `post.imported` are `{"given": {field: value as in the file, …}}`: every field
that columns.py would not write exactly so. export/restoring.py says which of them still count when
the row has changed since. The text of a post is never in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

KEPT_CHARACTERS = 10_000  # of JSON per topic and per post

#: Fields of the format come first, so that no unknown one takes their room.
KNOWN = frozenset(
    """
    thread_id title category tags accepted_post_id created_at views closed archived pinned kind
    audience post_id author reply_to likes updated_at edited_at staff action hidden post_number
    markdown html
    """.split()  # noqa: SIM905 — a list literal would be 20 lines
)
_TEXTS = ("markdown", "html")
_NOWHERE = object()
_ESCAPED_NUL = "\\u0000"


def keep(data: Mapping[str, Any], columns: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """`imported` for a thing whose columns give back `columns`, and what found no room.

    Nothing in here refuses a line: what is too large or cannot be stored is left out and named.
    """
    given: dict[str, Any] = {}
    left_out: list[str] = []
    room = KEPT_CHARACTERS
    extra = [name for name in data if not _same(data[name], columns.get(name, _NOWHERE))]
    for name in sorted(extra, key=lambda name: name not in KNOWN):
        size = _stored_size(name, data[name])
        if size is None or size > room or (name in _TEXTS and data[name] is not None):
            left_out.append(name)
        else:
            given[name] = data[name]
            room -= size
    return ({"given": given} if given else {}), left_out


def _same(one: Any, other: Any) -> bool:
    """1, 1.0 and true are not the same in a file."""
    return type(one) is type(other) and one == other


def _stored_size(name: str, value: Any) -> int | None:
    """Characters as JSON, or None for what PostgreSQL's JSON does not take."""
    try:
        text = json.dumps({name: value}, ensure_ascii=False, allow_nan=False)
        text.encode()  # refuses lone surrogates
    except (ValueError, RecursionError):
        return None
    return None if _ESCAPED_NUL in text else len(text)
