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
from itertools import islice

from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

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
        self._reader = searcher.reader()

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        count = self._reader.doc_frequency
        return {term: found for term in terms if (found := count(TEXT_FIELD, term))}

    def starting(self, beginnings: Sequence[str], limit: int) -> dict[str, list[str]]:
        return {start: self._from(TEXT_FIELD, start, limit) for start in beginnings}

    def ending(self, ends: Sequence[str], limit: int) -> dict[str, list[str]]:
        found = ((end, self._from(ENDS_FIELD, end[::-1], limit)) for end in ends)
        return {end: [term[::-1] for term in terms] for end, terms in found}

    def spellings(self, beginnings: Sequence[str], limit: int) -> dict[str, int]:
        found = (word for start in beginnings for word in self._from(SPELLING_FIELD, start, limit))
        return {word: self._reader.doc_frequency(SPELLING_FIELD, word) for word in found}

    def _from(self, field: str, beginning: str, limit: int) -> list[str]:
        return [
            term.decode() for term in islice(self._reader.expand_prefix(field, beginning), limit)
        ]


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
    halved = set().union(*halves) - set.intersection(*map(set, halves)) - best.keys()
    for number in set().union(*halves):
        score = sum(half.get(number, 0.0) for half in halves)
        best[number] = max(best.get(number, 0.0), score)
    return best, halved


def _best(searcher: Searcher, terms: Iterable[Worth]) -> dict[int, float]:
    best: dict[int, float] = {}
    for term, worth in terms:
        for number, weight in _weights(searcher, term):
            score = saturated(worth, weight)
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
