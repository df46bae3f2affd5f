"""A document as PostgreSQL keeps it: a tsvector that finds it, and the packed weights of its terms.

PostgreSQL's own ts_rank knows neither how rare a word is nor how long a text is, and reads the
whole vector for every word; a few hundred bytes of our own weights rank a thousand documents
within some milliseconds, exactly as the embedded engine does.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

from app.core.search.weighing import Posting

MAX_POSITION = 16_383  # PostgreSQL's limit; what stands behind it is found, but in no phrase
MAX_PLACES = 255  # of one term, likewise
MAX_BYTES = 500_000  # of terms in one vector, half of what PostgreSQL takes
LABEL = ":"
SPELLING = "="

_NAME_BYTES = 4  # of a term's checksum, "I" in arrays
_WEIGHT = struct.Struct("<e")


def lexeme(text: str) -> str:
    """Quoted for tsvector and tsquery."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(postings: Iterable[Posting], marks: Iterable[str]) -> str:
    """The literal of a tsvector: terms with their places, spellings and labels without."""
    written = [lexeme(mark) for mark in marks]
    room = MAX_BYTES
    for term, _, places in postings:
        room -= 2 * len(places) + len(term.encode())
        if room < 0:
            break
        within = [str(place + 1) for place in places[:MAX_PLACES] if place < MAX_POSITION]
        written.append(f"{lexeme(term)}:{','.join(within)}" if within else lexeme(term))
    return " ".join(written)


def pack(postings: Iterable[Posting]) -> bytes:
    """Checksums of all terms in order, then their weights likewise, as half-precision floats."""
    named = sorted((name_of(term), weight) for term, weight, _ in postings)
    names = array("I", (name for name, _ in named))
    return names.tobytes() + b"".join(_WEIGHT.pack(weight) for _, weight in named)


def name_of(term: str) -> int:
    """Two of a document's terms share one in some ten million documents."""
    return crc32(term.encode())


class Weights:
    """What the terms of one document are worth, read where they lie."""

    __slots__ = ("_count", "_names", "_packed")

    def __init__(self, packed: bytes) -> None:
        self._count = len(packed) // (_NAME_BYTES + _WEIGHT.size)
        self._packed = packed
        self._names = memoryview(packed)[: self._count * _NAME_BYTES].cast("I")

    def of(self, name: int) -> float:
        """0 where the document does not have the term."""
        place = bisect_left(self._names, name)
        if place == self._count or self._names[place] != name:
            return 0.0
        offset = self._count * _NAME_BYTES + place * _WEIGHT.size
        return float(_WEIGHT.unpack_from(self._packed, offset)[0])
