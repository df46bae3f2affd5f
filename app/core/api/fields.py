"""Fields of input and output, with sentences in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_COMMON = {
    "required": _l("This is missing."),
    "null": _l("This must not be null."),
    "validator_failed": _l("This value is not possible."),
}
BIGGEST = 2**63 - 1


class Words(fields.String):
    """A text of `least` to `most` characters that a database can store; never a number."""

    default_error_messages = {
        **_COMMON,
        "invalid": _l("This must be a text."),
        "unstorable": _l("This contains a character that cannot be stored."),
    }

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any) -> None:
        length = validate.Length(
            min=least, max=most, error=_l("This has too few or too many characters.")
        )
        super().__init__(validate=length, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if _UNSTORABLE.search(value):
            raise self.make_error("unstorable")
        return value


class Line(Words):
    """A text that somebody searches or names things by: at least one character."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(most=most, least=1, **kwargs)


class Choice(fields.String):
    """One of these words."""

    default_error_messages = {
        **_COMMON,
        "invalid": _l("This must be a text."),
    }

    def __init__(self, choices: Sequence[str], **kwargs: Any) -> None:
        one_of = validate.OneOf(choices, error=_l("This must be one of: {choices}."))
        super().__init__(validate=one_of, **kwargs)


class Whole(fields.Integer):
    """A whole number in JSON: no text, no true, no 1.0."""

    default_error_messages = {
        **_COMMON,
        "invalid": _l("This must be a whole number."),
    }

    def __init__(self, *, least: int = 1, most: int = BIGGEST, **kwargs: Any) -> None:
        between = validate.Range(
            min=least, max=most, error=_l("This must lie between {min} and {max}.")
        )
        super().__init__(validate=between, **kwargs)

    def _validated(self, value: Any) -> Any:
        if type(value) is not int:
            raise self.make_error("invalid")
        return value


class Digits(Whole):
    """A whole number in an address, where everything is text."""

    def _validated(self, value: Any) -> Any:
        if not re.fullmatch("[0-9]{1,19}", str(value)):
            raise self.make_error("invalid")
        return int(value)


class Items(fields.List[Any]):
    """A list of at most so many."""

    default_error_messages = {
        **_COMMON,
        "invalid": _l("This must be a list."),
    }

    def __init__(self, inner: fields.Field[Any], *, most: int, **kwargs: Any) -> None:
        length = validate.Length(max=most, error=_l("At most {max} are possible."))
        super().__init__(inner, validate=length, **kwargs)


class Moment(fields.AwareDateTime):
    """RFC 3339 in UTC: 2026-11-22T08:15:00.000Z."""

    def _serialize(self, value: Any, *args: Any, **kwargs: Any) -> str | None:
        if not isinstance(value, datetime):
            return None
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
