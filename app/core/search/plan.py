"""A parsed query and the words of an index → which terms to look up, and what each is worth.

Both engines rank by the same plan: BM25 over weights that were computed when the document was
written (`weighing`). What differs is only how they get at the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from app.core.search import compounds
from app.core.search.query import Prefix, Query, Word
from app.core.search.vocabulary import Vocabulary

SATURATION = 1.2  # BM25's k1: the tenth mention of a word adds little
COMPOUND = 0.5  # of a word's worth, where it is only a part of a longer one
PART = 0.35  # of a part's own worth, where the longer word was asked for
PREFIX_TERMS = 10  # the most frequent continuations of `wort*`
PREFIX_SCAN = 1_000  # terms looked through for them, in alphabetical order
PREFIX_DOCUMENTS = 5_000  # in all of them together; what comes after is too common to help

Worth = tuple[str, float]  # a term, and what many mentions of it would add to the score


@dataclass(frozen=True)
class Wanted:
    """One word of the query. A document has it by any of `terms`, or by all of `parts`.

    Of several terms the best one counts. One part alone adds to the score, but is not the word.
    """

    terms: tuple[Worth, ...]
    parts: tuple[Worth, ...] = ()
    required: bool = True

    @property
    def names(self) -> list[str]:
        return [term for term, _ in (*self.terms, *self.parts)]


def make_plan(query: Query, vocabulary: Vocabulary) -> tuple[Wanted, ...]:
    """In the order of the query; words that no document has are there with nothing to look up."""
    words = [word for word in query.words if isinstance(word, Word)]
    planner = _Planner(
        compounds.holding(vocabulary, [word.terms[0] for word in words]),
        compounds.parts(vocabulary, [word.spelt for word in words]),
        _continuations(query, vocabulary),
        vocabulary.documents,
    )
    planner.frequency = vocabulary.frequency(planner.names(query))
    return tuple(planner.wanted(word) for word in query.words)


def saturated(worth: float, weight: float) -> float:
    """What a term adds to the score of a document in which it has this weight."""
    return worth * weight * (SATURATION + 1) / (weight + SATURATION)


@dataclass
class _Planner:
    holding: Mapping[str, Sequence[str]]
    parts: Mapping[str, tuple[str, str]]
    continuations: Mapping[Prefix, Sequence[str]]
    documents: int
    frequency: Mapping[str, int] = None  # type: ignore[assignment]  # asked for once all names are known

    def names(self, query: Query) -> set[str]:
        found = {term for terms in self.continuations.values() for term in terms}
        for word in query.words:
            if isinstance(word, Word):
                longer = self.holding.get(word.terms[0], ())
                found |= {*word.terms, *longer, *self.parts.get(word.spelt, ())}
        return found

    def wanted(self, word: Word | Prefix) -> Wanted:
        if isinstance(word, Prefix):
            return Wanted(self._worths(self.continuations[word]))
        own = word.terms[0]
        # A compound is rarer than the word in it, but not for that worth more.
        most = self._rarity(own) * COMPOUND
        longer = [(t, min(most, w * COMPOUND)) for t, w in self._worths(self.holding.get(own, ()))]
        halves = [
            (term, worth * PART) for term, worth in self._worths(self.parts.get(word.spelt, ()))
        ]
        return Wanted(
            (*self._worths(word.terms), *longer), tuple(halves), required=not word.optional
        )

    def _worths(self, terms: Sequence[str]) -> tuple[Worth, ...]:
        return tuple((term, self._rarity(term)) for term in terms if term in self.frequency)

    def _rarity(self, term: str) -> float:
        """Never negative, so that a word that stands everywhere pushes no hit down."""
        return log(1 + self.documents / (self.frequency.get(term, 0) + 1))


def _continuations(query: Query, vocabulary: Vocabulary) -> dict[Prefix, Sequence[str]]:
    prefixes = [word for word in query.words if isinstance(word, Prefix)]
    if not prefixes:
        return {}
    beginnings = sorted({beginning for prefix in prefixes for beginning in prefix.beginnings})
    found = vocabulary.starting(beginnings, PREFIX_SCAN)
    often = vocabulary.frequency({term for terms in found.values() for term in terms})
    return {
        prefix: _frequent(
            {term for beginning in prefix.beginnings for term in found.get(beginning, ())}, often
        )
        for prefix in prefixes
    }


def _frequent(terms: set[str], often: Mapping[str, int]) -> list[str]:
    ranked = sorted(terms, key=lambda term: (-often.get(term, 0), term))[:PREFIX_TERMS]
    together = accumulate(often.get(term, 0) for term in ranked)
    within = sum(documents <= PREFIX_DOCUMENTS for documents in together)
    return ranked[: max(1, within)]
