"""One form for all text that comes in: line feeds, NFC, nothing that a database cannot store."""

from __future__ import annotations

import re
import unicodedata

from app.core.text.errors import TextError

# Unicode's own "stream-safe" bound (UAX #15). Sorting a longer run of accents takes quadratic
# time: 20,000 of them held the processor for 0.3 s, 100,000 for 8 s.
MAX_MARKS_IN_A_ROW = 30

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_GRAPHEME_JOINER = "\u034f"


def normalise(text: str) -> str:
    """Return `text` with LF line ends in NFC; raise TextError for NUL and lone surrogates."""
    if _UNSTORABLE.search(text):
        raise TextError("bad_character")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _break_long_accents(text))


def _break_long_accents(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MAX_MARKS_IN_A_ROW:
            kept.append(_GRAPHEME_JOINER)
            marks = 1
        kept.append(character)
    return "".join(kept)
