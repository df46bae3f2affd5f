"""A person's words → what to look for. No text is wrong here, and none is expensive.

The user's text never reaches whoosh's own query parser: its wildcards, ranges and regular
expressions would let one line keep a process busy.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from app.core.search.analysis import english_term, german_term, prefixes, spelling, variants, words

MAX_CHARS = 200
MAX_TERMS = 20  # words, prefixes and words of phrases together
MIN_PREFIX = 2  # letters; a shorter beginning says nothing and has thousands of continuations

_QUOTED = re.compile(r'["„“”«»]([^"„“”«»]*)["“”«»]')
_STAR = "*"


@dataclass(frozen=True)
class Word:
    """One word in the forms that the index may hold, the German one first, and as it is spelt.

    Optional: scored, but not required.
    """

    terms: tuple[str, ...]
    spelt: str = field(compare=False)
    optional: bool = False


@dataclass(frozen=True)
class Prefix:
    """`wort*`"""

    beginnings: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """`"several words"`, once per language, without repeats of the same sequence."""

    sequences: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Query:
    """Words of phrases are among `words` too: they are scored, the phrase is a condition."""

    words: tuple[Word | Prefix, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    @property
    def required(self) -> tuple[Word | Prefix, ...]:
        return tuple(word for word in self.words if not (isinstance(word, Word) and word.optional))

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(text: str) -> Query:
    """Empty (false) where nothing is left to look for: punctuation, emoji, only stop words."""
    text = unicodedata.normalize("NFC", text[:MAX_CHARS])
    budget = MAX_TERMS
    phrases: list[Phrase] = []
    for quoted in _QUOTED.findall(text):
        phrase = _phrase(quoted, budget)
        if phrase and phrase not in phrases:
            phrases.append(phrase)
            budget -= max(map(len, phrase.sequences))
    found = list(dict.fromkeys(_words(text)))[:MAX_TERMS]
    return Query(_at_least_one_required(found), tuple(phrases))


def _phrase(quoted: str, budget: int) -> Phrase | None:
    taken = [word for _, _, word in words(quoted)][:budget]
    german = tuple(term for word in taken if (term := german_term(word)))
    english = tuple(term for word in taken if (term := english_term(word)))
    sequences = tuple({sequence: None for sequence in (german, english) if sequence})
    return Phrase(sequences) if sequences else None


def _words(text: str) -> list[Word | Prefix]:
    found: list[Word | Prefix] = []
    for _, end, word in words(text):
        if text[end : end + 1] == _STAR and len(word) >= MIN_PREFIX:
            found.append(Prefix(prefixes(word)))
        elif terms := variants(word):
            found.append(Word(terms, spelling(word), optional=english_term(word) is None))
    return found


def _at_least_one_required(found: list[Word | Prefix]) -> tuple[Word | Prefix, ...]:
    """ "WHO" alone is an English stop word, and yet all that was asked for."""
    if Query(tuple(found)).required:
        return tuple(found)
    return tuple(Word(word.terms, word.spelt) for word in found if isinstance(word, Word))
