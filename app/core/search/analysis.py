"""Text → terms: lower case, umlauts, stop words, stems. Index, query and highlighting share it.

A document is analysed in its own language (German unless it says English); a query word is looked
up in both forms, because nobody tells the search field which language is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from whoosh.lang import stemmer_for_language, stopwords_for_language

MAX_WORD = 64  # characters; what is longer is a hash or a pump, its beginning is enough to find it
WORD_CACHE = 60_000  # words; the vocabulary of a forum of 100,000 posts mostly fits

# Marks and invisible joiners may stand inside a word ("Auf\u00adlage") but do not begin one.
_JOINERS = "\u00ad\u0300-\u036f\u200b-\u200d"
_WORD = re.compile(rf"[^\W_]+(?:[{_JOINERS}]+[^\W_]*)*")
_DROPPED = re.compile("[\u00ad\u200b-\u200d]")
# "ue" is no umlaut after a vowel or q: neue, Mauer, Quelle (as in Snowball's German2).
_SPELT_OUT = re.compile(r"(?<![aeiouyäöüq])(ae|oe|ue)")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_german_stem = stemmer_for_language("de")
_english_stem = stemmer_for_language("en")


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) of every word; `text` should be NFC, as everything in the forum is."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), match.group()[:MAX_WORD]


def terms(text: str, language: str) -> list[str]:
    """The terms to index, in order, without stop words."""
    analyse = english_term if language.startswith("en") else german_term
    return [term for _, _, word in words(text) if (term := analyse(word))]


def variants(word: str) -> tuple[str, ...]:
    """Every term under which `word` may stand in the index; none for a German stop word.

    An English stop word keeps its German form: "WHO" means something in a German text.
    """
    if german_term(word) is None:
        return ()
    return tuple({term: None for term in (german_term(word), english_term(word)) if term})


def prefixes(word: str) -> tuple[str, ...]:
    """What the terms of words beginning like `word` begin with: folded, but not stemmed."""
    german = _german_fold(word).translate(_PLAIN)
    return tuple(dict.fromkeys((german, _english_fold(word))))


def spelling(word: str) -> str:
    """The whole word, folded as far as both ways of writing an umlaut go."""
    return _german_fold(word)


@lru_cache(maxsize=WORD_CACHE)
def german_term(word: str) -> str | None:
    folded = _german_fold(word)
    return None if folded in _GERMAN_STOPS else _german_stem(folded)


@lru_cache(maxsize=WORD_CACHE)
def english_term(word: str) -> str | None:
    folded = _english_fold(word)
    return None if folded in _ENGLISH_STOPS else _english_stem(folded)


def _german_fold(word: str) -> str:
    """Both spellings meet at the umlaut, which the stemmer then drops (Häuser → haus)."""
    return _SPELT_OUT.sub(lambda match: _UMLAUTS[match.group()], _fold(word))


def _english_fold(word: str) -> str:
    """Here they meet at "ue": turning "issue" into "issü" would stop the English stemmer."""
    return _fold(word).translate(_DIGRAPHS)


def _fold(word: str) -> str:
    """Lower case, ß → ss, ligatures and full-width forms plain, no accents but the umlauts'."""
    folded = unicodedata.normalize("NFKC", _DROPPED.sub("", word)).casefold()
    if folded.isascii():
        return folded
    return "".join(letter if letter in "äöü" else _without_marks(letter) for letter in folded)


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


_GERMAN_STOPS = frozenset(_german_fold(word) for word in stopwords_for_language("de"))
_ENGLISH_STOPS = frozenset(_english_fold(word) for word in stopwords_for_language("en"))
