"""Whole blocks of postings and runs of terms, read beneath whoosh's matchers.

A matcher answers for one posting at a time and a reader for one term, at several microseconds each;
a common word has ten thousand postings. Whoosh 2.7.4 is its last version, so that the few private
names used here stand still.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.matching import FilterMatcher
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.searching import Searcher


def weights(searcher: Searcher, field: str, term: str) -> Iterator[tuple[int, float]]:
    """(document number, weight) of every document that has the term."""
    for leaf, offset in searcher.leaf_searchers():
        try:
            postings = leaf.reader().postings(field, term)
        except TermNotFound:
            continue
        deleted: frozenset[int] = frozenset()
        if isinstance(postings, FilterMatcher):  # skips the deleted ones, one by one
            deleted, postings = postings._ids, postings.child
            postings.reset()
        for numbers, worth in _blocks(postings):
            for number, weight in zip(numbers, worth, strict=True):
                if number not in deleted:
                    yield offset + number, weight


def _blocks(postings: Any) -> Iterator[tuple[Any, Any]]:
    while postings.is_active():
        number, weight = postings.id(), postings.weight()  # reads the block
        if isinstance(postings, ListMatcher):  # a rare term, whose only posting stands beside it
            yield (number,), (weight,)
        else:
            yield postings._ids, postings._weights
            postings._i = postings._blocklength - 1
        postings.next()


def beginning(searcher: Searcher, field: str, start: str, limit: int) -> dict[str, int]:
    """At most `limit` terms that begin so, in order, with how many documents have them.

    Documents that were deleted count until the index is rewritten without them.
    """
    found: dict[str, int] = {}
    for leaf, _ in searcher.leaf_searchers():
        reader = leaf.reader()
        if not isinstance(reader, SegmentReader):
            continue  # an index without any document
        cursor = reader._terms.cursor(field, reader.schema[field])
        term = cursor.find(start)
        for _ in range(limit):
            if term is None or not term.startswith(start):
                break
            found[term] = found.get(term, 0) + cursor.term_info().doc_frequency()
            term = cursor.next()
    return dict(sorted(found.items())[:limit])
