"""Fields that came with an imported line go over what the columns say, while they still agree.

A topic may have been viewed, solved, closed or moved since; then its row is right and the old
field is not given back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.accounts.actor import AUDIENCES, PUBLIC
from app.core.forms import one_line
from app.core.text import normalise
from app.forum.archive.columns import Fields
from app.forum.archive.fields import parse_time
from app.forum.archive.kept import KNOWN
from app.forum.archive.places import board_slug

#: Does this value, as the import would read it, still say what the row says? (value, row, columns)
Check = Callable[[Any, Any, Fields], bool]

GUESTS_SEE = KNOWN - {"audience"}


def restored(columns: Fields, row: Any, checks: Mapping[str, Check], *, everything: bool) -> Fields:
    """`columns` with the fields that the import kept of this row.

    Not for guests: fields that the format does not know, because nobody saw them here.
    """
    given: Mapping[str, Any] = (row.imported or {}).get("given", {})
    counting = {
        name: value
        for name, value in given.items()
        if (everything or name in GUESTS_SEE)
        and (name not in checks or checks[name](value, row, columns))
    }
    if counting.get("updated_at") is not None and counting.get("edited_at") is None:
        columns.pop("edited_at", None)  # the column came from the other field
    return columns | counting


def same_reference(name: str, nowhere: Callable[[str], bool]) -> Check:
    """The id of a post of the topic; one that led `nowhere` when it came is given back as well."""

    def check(value: Any, _row: Any, columns: Fields) -> bool:
        if columns[name] is None:
            return nowhere(str(value))
        return str(value) == str(columns[name])

    return check


def _same_id(name: str) -> Check:
    return lambda value, _row, columns: str(value) == str(columns[name])


def _same_flag(name: str) -> Check:
    return lambda value, row, _columns: bool(value) == getattr(row, name)


def _same_time(name: str) -> Check:
    return lambda value, row, _columns: (
        value is not None and parse_time(value) == getattr(row, name)
    )


def _same_edit(value: Any, row: Any, _columns: Fields) -> bool:
    """`edited_at` wins over `updated_at`; null says nothing."""
    said = row.imported["given"].get("updated_at") if value is None else value
    return bool(row.edited_at == (None if said is None else parse_time(said)))


def _same_update(value: Any, row: Any, _columns: Fields) -> bool:
    edited = row.imported["given"].get("edited_at")
    return bool(value is None or row.edited_at == parse_time(value if edited is None else edited))


def _same_creation(value: Any, row: Any, columns: Fields) -> bool:
    """A topic without a time of its own begins with its question."""
    if value is None:
        return "created_at" not in columns
    return bool(parse_time(value) == row.created_at)


def _same_audience(value: Any, row: Any, _columns: Fields) -> bool:
    """A word that means nothing here never meant anything here."""
    known = isinstance(value, str) and value in AUDIENCES
    return bool(row.audience == (AUDIENCES[value] if known else PUBLIC))


def _same_board(value: Any, row: Any, _columns: Fields) -> bool:
    slug = board_slug(_line(value))
    return bool(row.board_slug == slug or row.board_slug.startswith(f"{slug[:60]}-closed-"))


def _line(value: str) -> str:
    return one_line(normalise(value))


def _tags(values: list[str]) -> list[str]:
    return list(dict.fromkeys(_line(value).lower() for value in values))


OF_TOPICS: Mapping[str, Check] = {
    "thread_id": _same_id("thread_id"),
    "title": lambda value, row, _columns: _line(value) == row.title,
    "category": _same_board,
    "tags": lambda value, _row, columns: _tags(value) == columns["tags"],
    "created_at": _same_creation,
    "views": lambda value, row, _columns: (value or 0) == row.views,
    "closed": _same_flag("closed"),
    "pinned": _same_flag("pinned"),
    "kind": lambda value, _row, columns: "kind" not in columns or value == columns["kind"],
    "audience": _same_audience,
}
OF_POSTS: Mapping[str, Check] = {
    "post_id": _same_id("post_id"),
    "created_at": _same_time("created_at"),
    "updated_at": _same_update,
    "edited_at": _same_edit,
    "hidden": lambda value, row, _columns: bool(value) == (row.state != "visible"),
    "state": lambda _value, _row, columns: "state" not in columns,
}
