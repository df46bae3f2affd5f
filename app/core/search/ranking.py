"""A parsed query → hits of one index, in two tiers: those with all words, then those with some.

AND alone finds next to nothing for whole sentences (5 % of the right answers in a German FAQ), OR
alone puts long threads on top. One pass over the postings of each word tells both: it adds up
scores and counts words. Whoosh's own matchers walk all lists in step, once for AND and once for
OR, at several microseconds a posting; this takes a tenth of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from math import log

from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term
from whoosh.reading import IndexReader, TermNotFound
from whoosh.searching import Searcher

from app.core.search.query import Phrase, Prefix, Query, Word
from app.core.search.schema import ORDER_FIELD, TEXT_FIELD

SATURATION = 1.2  # BM25's k1: the tenth mention of a word adds little
PREFIX_TERMS = 10  # the most frequent continuations of `wort*`
PREFIX_SCAN = 5_000  # terms looked through for them, in alphabetical order

HALF_SCORE = 20.0  # the BM25 sum that is shown as the middle of its tier; moves no hit


@dataclass(frozen=True)
class Found:
    """A hit of one index. `complete`: it has all words; `score` falls along the list, 0…1."""

    kind: str
    id: int
    score: float
    complete: bool


def find(searcher: Searcher, query: Query, kind: str | None, limit: int) -> list[Found]:
    """At most `limit` hits, those with all words first, best first within each tier."""
    scores: defaultdict[int, float] = defaultdict(float)
    matched: Counter[int] = Counter()
    for word in query.words:
        is_required = not (isinstance(word, Word) and word.optional)
        for number, score in _word_scores(searcher, _terms(searcher.reader(), word)).items():
            scores[number] += score
            matched[number] += is_required
    allowed = _allowed(searcher, query, kind)
    needed = len(query.required)
    ranked = nsmallest(
        limit,
        (
            (matched[number] < needed, -score, number)
            for number, score in scores.items()
            if allowed is None or number in allowed
        ),
    )
    return [_found(searcher, number, -score, not partial) for partial, score, number in ranked]


def _terms(reader: IndexReader, word: Word | Prefix) -> Iterable[str]:
    return _expanded(reader, word.beginnings) if isinstance(word, Prefix) else word.terms


def _word_scores(searcher: Searcher, terms: Iterable[str]) -> dict[int, float]:
    """BM25 of one word by document number; of its several forms the best one counts."""
    best: dict[int, float] = {}
    for term in terms:
        # Never negative, so that a word that stands everywhere pushes no hit down.
        spread = searcher.doc_frequency(TEXT_FIELD, term) + 1
        rarity = log(1 + searcher.doc_count_all() / spread)
        for number, weight in _weights(searcher, term):
            score = rarity * weight * (SATURATION + 1) / (weight + SATURATION)
            if score > best.get(number, 0.0):
                best[number] = score
    return best


def _weights(searcher: Searcher, term: str) -> Iterable[tuple[int, float]]:
    for leaf, offset in searcher.leaf_searchers():
        try:
            postings = leaf.reader().postings(TEXT_FIELD, term)
        except TermNotFound:
            continue
        number, weight, step, is_active = (
            postings.id,
            postings.weight,
            postings.next,
            postings.is_active,
        )
        while is_active():
            yield offset + number(), weight()
            step()


def _allowed(searcher: Searcher, query: Query, kind: str | None) -> set[int] | None:
    """The documents of the kind that have every phrase; None where all may be shown."""
    sets = [_having(searcher, phrase) for phrase in query.phrases]
    if kind is not None:
        sets.append(set(searcher.docs_for_query(Term("kind", kind))))
    return set.intersection(*sets) if sets else None


def _having(searcher: Searcher, phrase: Phrase) -> set[int]:
    having: set[int] = set()
    for sequence in phrase.sequences:  # one word is a phrase too; whoosh asks to normalise it
        wanted = WhooshPhrase(ORDER_FIELD, list(sequence)).normalize()
        having.update(searcher.docs_for_query(wanted))
    return having


def _expanded(reader: IndexReader, beginnings: Iterable[str]) -> list[str]:
    """The terms that begin so, the most frequent ones."""
    frequency: Counter[str] = Counter()
    for beginning in beginnings:
        for term in islice(reader.expand_prefix(TEXT_FIELD, beginning), PREFIX_SCAN):
            frequency[term.decode()] = reader.doc_frequency(TEXT_FIELD, term)
    return [term for term, _ in frequency.most_common(PREFIX_TERMS)]


def _found(searcher: Searcher, number: int, score: float, complete: bool) -> Found:
    stored = searcher.stored_fields(number)
    shown = score / (score + HALF_SCORE) / 2
    return Found(str(stored["kind"]), int(stored["id"]), shown + complete / 2, complete)
