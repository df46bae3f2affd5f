"""Single values out of a line: each method returns a sound value or raises Refusal naming the field."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core import clock
from app.core.forms import one_line
from app.core.text import normalise
from app.forum.archive.refusal import Refusal, shown, type_name

ID_LENGTH = 200
MAX_NUMBER = 2_000_000_000  # what an integer column of PostgreSQL holds, rounded down
TIME_LENGTH = 40
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Fields:
    """A JSON object whose fields are asked for by name."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def required(self, name: str) -> Any:
        if name not in self.data:
            raise Refusal(f"“{name}” is missing.")
        return self.data[name]

    def id(self, name: str) -> str:
        """An id as text: 8 and "8" are the same one."""
        return sound_id(self.required(name), name)

    def id_or_none(self, name: str) -> str | None:
        value = self.required(name)
        return None if value is None else sound_id(value, name)

    def text(self, name: str, *, limit: int) -> str:
        """A text exactly as given; it may be empty."""
        value = self.required(name)
        if not isinstance(value, str):
            raise Refusal(f"“{name}” must be a text, not {type_name(value)}.")
        if _UNSTORABLE.search(value):
            raise Refusal(f"“{name}” contains a character that no database can store.")
        if len(value) > limit:
            raise Refusal(f"“{name}” has {len(value):,} characters; {limit:,} are possible.")
        return value

    def line(self, name: str, *, limit: int) -> str:
        """A text in one line, normalised, not empty."""
        text = one_line(normalise(self.text(name, limit=limit)))
        if not text:
            raise Refusal(f"“{name}” is empty.")
        if len(text) > limit:  # some characters become two or three when they are normalised
            raise Refusal(f"“{name}” has {len(text):,} characters; {limit:,} are possible.")
        return text

    def number(self, name: str, *, low: int, high: int) -> int:
        value = self.required(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refusal(f"“{name}” must be a whole number, not {type_name(value)}.")
        if not low <= value <= high:
            raise Refusal(f"“{name}” must lie between {low:,} and {high:,}.")
        return value

    def optional_number(self, name: str) -> int | None:
        given = self.data.get(name) is not None
        return self.number(name, low=0, high=MAX_NUMBER) if given else None

    def flag(self, name: str) -> bool:
        """True or false; missing and null are false."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, bool):
            raise Refusal(f"“{name}” must be true or false, not {type_name(value)}.")
        return bool(value)

    def optional_text(self, name: str, *, limit: int) -> str | None:
        return None if self.data.get(name) is None else self.text(name, limit=limit)

    def moment(self, name: str) -> datetime:
        """A time; without a zone it is UTC."""
        return _moment(self.required(name), name)

    def optional_moment(self, name: str) -> datetime | None:
        return None if self.data.get(name) is None else self.moment(name)

    def lines(self, name: str, *, limit: int, most: int) -> list[str]:
        """A list of texts, each in one line and not empty."""
        values = self.required(name)
        if not isinstance(values, list):
            raise Refusal(f"“{name}” must be a list, not {type_name(values)}.")
        if len(values) > most:
            raise Refusal(f"“{name}” has {len(values):,} entries; {most:,} are possible.")
        return [Fields({name: value}).line(name, limit=limit) for value in values]


def sound_id(value: Any, name: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Refusal(f"“{name}” must be a number or a text, not {type_name(value)}.")
    text = str(value)
    if not text.strip() or _UNSTORABLE.search(text):
        raise Refusal(f"“{name}” is empty or contains a character that no database can store.")
    if len(text) > ID_LENGTH:
        raise Refusal(f"“{name}” has {len(text):,} characters; {ID_LENGTH:,} are possible.")
    return text


def _moment(value: Any, name: str) -> datetime:
    if not isinstance(value, str):
        raise Refusal(
            f"“{name}” must be a time such as 2016-09-17T10:40:52Z, not {type_name(value)}."
        )
    moment = parse_time(value)
    if moment is None:
        raise Refusal(f"“{name}” is not a possible time: “{shown(value)}”.")
    if not EARLIEST <= moment <= clock.now() + CLOCK_SKEW:
        raise Refusal(f"“{name}” lies before 1970 or in the future: “{shown(value)}”.")
    return moment


def parse_time(text: str) -> datetime | None:
    """ISO 8601 → aware UTC with microseconds, or None. Without a zone it is UTC."""
    if len(text) > TIME_LENGTH or not text.isascii():
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def time_text(moment: datetime) -> str:
    """The archive's own way to write a time: milliseconds and Z, microseconds only where needed."""
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
