"""A parsed query → hits of one whoosh index, in two tiers: with all words, then with some.

AND alone finds next to nothing for whole sentences (5 % of the right answers in a German FAQ), OR
alone puts long threads on top. One pass over the postings of each word tells both: it adds up
scores and counts words. Whoosh's own matchers walk all lists in step, once for AND and once for
OR, at several microseconds a posting; this takes a tenth of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest, nsmallest

from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term
from whoosh.searching import Searcher

from app.core.search import walking
from app.core.search.hits import Found, shown_score
from app.core.search.plan import Wanted, Worth, make_plan, saturated
from app.core.search.query import Phrase, Query
from app.core.search.schema import (
    ENDS_FIELD,
    LABEL_FIELD,
    ORDER_FIELD,
    SPELLING_FIELD,
    TEXT_FIELD,
)


class Words:
    """The vocabulary of one whoosh index, as one searcher sees it."""

    def __init__(self, searcher: Searcher) -> None:
        self.documents = int(searcher.doc_count_all())
        self._searcher = searcher
        self._known: dict[str, int] = {}

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        wanted = set(terms)
        for term in wanted - self._known.keys():
            self._known[term] = self._searcher.doc_frequency(TEXT_FIELD, term)
        return {term: self._known[term] for term in wanted if self._known[term]}

    def starting(self, beginnings: Sequence[str], limit: int) -> dict[str, list[str]]:
        found = {b: walking.beginning(self._searcher, TEXT_FIELD, b, limit) for b in beginnings}
        for frequencies in found.values():
            self._known |= frequencies
        return {beginning: list(terms) for beginning, terms in found.items()}

    def ending(self, ends: Sequence[str], limit: int) -> dict[str, list[str]]:
        found = {
            end: walking.beginning(self._searcher, ENDS_FIELD, end[::-1], limit) for end in ends
        }
        for frequencies in found.values():
            self._known |= {term[::-1]: number for term, number in frequencies.items()}
        return {end: [term[::-1] for term in terms] for end, terms in found.items()}

    def spellings(self, beginnings: Sequence[str], limit: int) -> dict[str, int]:
        runs = [walking.beginning(self._searcher, SPELLING_FIELD, b, limit) for b in beginnings]
        return {word: number for run in runs for word, number in run.items()}

    def is_spelt(self, word: str) -> bool:
        return any(True for _ in walking.weights(self._searcher, SPELLING_FIELD, word))


def find(searcher: Searcher, query: Query, labels: Sequence[str], limit: int) -> list[Found]:
    """At most `limit` hits, those with all words first, best first within each tier."""
    allowed = _allowed(searcher, query, labels)
    if not query:
        return _newest(searcher, allowed or set(), limit)
    scores: defaultdict[int, float] = defaultdict(float)
    matched: Counter[int] = Counter()
    for wanted in make_plan(query, Words(searcher)):
        found, halved = _word_scores(searcher, wanted)
        for number, score in found.items():
            scores[number] += score
        if wanted.required:
            matched.update(found.keys() - halved)
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


def _word_scores(searcher: Searcher, wanted: Wanted) -> tuple[dict[int, float], set[int]]:
    """What the word adds by document number, and which documents have only a part of it."""
    best = _best(searcher, wanted.terms)
    if not wanted.parts:
        return best, set()
    halves = [_best(searcher, [part]) for part in wanted.parts]
    either = set(halves[0]).union(*halves)
    halved = either.difference(set(halves[0]).intersection(*halves), best)
    for number in either:
        score = sum(half.get(number, 0.0) for half in halves)
        best[number] = max(best.get(number, 0.0), score)
    return best, halved


def _best(searcher: Searcher, terms: Iterable[Worth]) -> dict[int, float]:
    best: dict[int, float] = {}
    for term, worth in terms:
        for number, weight in walking.weights(searcher, TEXT_FIELD, term):
            score = saturated(worth, weight)
            if score > best.get(number, 0.0):
                best[number] = score
    return best


def _allowed(searcher: Searcher, query: Query, labels: Sequence[str]) -> set[int] | None:
    """The documents that have every phrase and label; None where all may be shown."""
    sets = [_having(searcher, phrase) for phrase in query.phrases]
    sets += [set(searcher.docs_for_query(Term(LABEL_FIELD, label))) for label in labels]
    return set.intersection(*sets) if sets else None


def _having(searcher: Searcher, phrase: Phrase) -> set[int]:
    having: set[int] = set()
    for sequence in phrase.sequences:  # one word is a phrase too; whoosh asks to normalise it
        wanted = WhooshPhrase(ORDER_FIELD, list(sequence)).normalize()
        having.update(searcher.docs_for_query(wanted))
    return having


def _newest(searcher: Searcher, numbers: set[int], limit: int) -> list[Found]:
    """Without words there is nothing to compare: all are complete, and the newest first."""
    if not numbers:
        return []
    time_of = searcher.reader().column_reader("created_at")
    newest = nlargest(limit, ((time_of[number], number) for number in numbers))
    return [_found(searcher, number, 0.0, complete=True) for _, number in newest]


def _found(searcher: Searcher, number: int, score: float, complete: bool) -> Found:
    stored = searcher.stored_fields(number)
    shown = shown_score(score, complete=complete)
    return Found(str(stored["kind"]), int(stored["id"]), shown, complete)
