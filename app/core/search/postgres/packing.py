"""A document as PostgreSQL keeps it: a tsvector that finds it, and the packed weights of its terms.

PostgreSQL's own ts_rank knows neither how rare a word is nor how long a text is, and reads the
whole vector for every word; a few hundred bytes of our own weights rank a thousand documents
within some milliseconds, exactly as the embedded engine does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from zlib import crc32

from app.core.search.weighing import Posting

MAX_POSITION = 16_383  # PostgreSQL's limit; what stands behind it is found, but in no phrase
MAX_PLACES = 255  # of one term, likewise
MAX_BYTES = 500_000  # of terms in one vector, half of what PostgreSQL takes
LABEL = ":"
SPELLING = "="

_NAME = 4  # bytes of a term's checksum
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
    """Checksums of all terms, then their weights in the same order, as half-precision floats."""
    found = list(postings)
    names = b"".join(name_of(term) for term, _, _ in found)
    return names + b"".join(_WEIGHT.pack(weight) for _, weight, _ in found)


def name_of(term: str) -> bytes:
    """Two of a document's terms share one in some ten million documents."""
    return crc32(term.encode()).to_bytes(_NAME, "little")


def weights_of(packed: bytes, names: Iterable[bytes]) -> list[float]:
    """The weight of each term in one document; 0 where it does not have the term."""
    end = len(packed) // (_NAME + _WEIGHT.size) * _NAME
    found: list[float] = []
    for name in names:
        place = packed.find(name, 0, end)
        while place % _NAME and place > 0:  # found across two names
            place = packed.find(name, place + 1, end)
        found.append(_WEIGHT.unpack_from(packed, end + place // 2)[0] if place >= 0 else 0.0)
    return found
