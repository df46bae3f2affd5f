"""A word that no document has → the spelling in a title that it was most likely meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from app.core.search.analysis import spelling, words
from app.core.search.plan import make_plan
from app.core.search.query import MAX_CHARS, MAX_TERMS, parse
from app.core.search.vocabulary import Vocabulary

ONE_FROM = 4  # letters from which one wrong letter is forgiven; "Tor" and "Tür" are two words
TWO_FROM = 8  # letters from which two are
MAX_LOOKED_AT = 4_000  # spellings for each first letter


def corrected(text: str, vocabulary: Vocabulary) -> str | None:
    """The same text with its unknown words as titles write them; None where nothing is nearer.

    A word is unknown if neither it nor a compound with it nor its parts stand in any document.
    """
    text = unicodedata.normalize("NFC", text[:MAX_CHARS])
    found, position = "", 0
    for start, end, word in list(words(text))[:MAX_TERMS]:
        if is_unknown(word, vocabulary) and (better := nearest(spelling(word), vocabulary)):
            found += text[position:start] + better
            position = end
    return found + text[position:] if position else None


def is_unknown(word: str, vocabulary: Vocabulary) -> bool:
    return not any(
        wanted.terms or wanted.parts for wanted in make_plan(parse(word), vocabulary)
    ) and bool(parse(word))


def nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """Of the spellings with the fewest wrong letters the most frequent one.

    One of the first two letters must be right, so that a few thousand words are looked at and not
    all of them.
    """
    allowed = 0 if len(word) < ONE_FROM else 1 if len(word) < TWO_FROM else 2
    if not allowed:
        return None
    near = _near(word, vocabulary.spellings(sorted({word[0], word[1]}), MAX_LOOKED_AT), allowed)
    return next((other for _, _, other in sorted(near) if vocabulary.is_spelt(other)), None)


def _near(word: str, known: Mapping[str, int], allowed: int) -> list[tuple[int, int, str]]:
    letters = set(word)
    return [
        (wrong, -documents, other)
        for other, documents in known.items()
        if abs(len(other) - len(word)) <= allowed
        and len(letters.symmetric_difference(other)) <= 2 * allowed  # cheap, and never wrong
        and (wrong := distance(word, other)) <= allowed
    ]


def distance(one: str, other: str) -> int:
    """Letters missing, too many, wrong or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
