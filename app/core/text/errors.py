"""Why a text is refused, as a code for programs and as a sentence for its author."""

from __future__ import annotations

from typing import Literal

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Code = Literal["too_long", "too_many_lines", "too_dense", "bad_character"]

MAX_CHARACTERS = 20_000
MAX_LINES = 1_500

_SENTENCES = {
    "too_long": _l(
        "This text is longer than %(characters)s characters. "
        "Please shorten it or split it into two posts.",
        characters=LazyString(format_decimal, MAX_CHARACTERS),
    ),
    "too_many_lines": _l(
        "This text has more than %(lines)s lines. Please shorten it or split it into two posts.",
        lines=LazyString(format_decimal, MAX_LINES),
    ),
    "too_dense": _l(
        "This text has too many formatting characters close together to be shown well. "
        "Please put such passages between two lines of three backticks (```), "
        "or remove some of the characters."
    ),
    "bad_character": _l(
        "This text contains a character that cannot be stored. "
        "Please remove it or type the passage again instead of pasting it."
    ),
}


class TextError(ValueError):
    """A text that cannot be taken; `message` is a lazy sentence for the person who wrote it."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
        self.message = _SENTENCES[code]
