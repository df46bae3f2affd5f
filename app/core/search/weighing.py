"""What a word is worth in each part of a document; computed once, when the document is written.

Both engines keep these weights beside the words, so that they rank alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.core.search.analysis import spelling, terms, words
from app.core.search.engine import Document

# Raise it when parts, weights or analysis change: older indexes then count as missing, so that the
# worker builds them anew.
VERSION = "v2"

# Part → (boost, usual length in terms). Shorter than usual counts more, longer counts less. Fixed
# lengths instead of averages: a document then weighs the same whatever its neighbours are.
PARTS = {
    "title": (2.5, 8),
    "tags": (1.5, 4),
    "question": (1.0, 80),
    "solution": (1.5, 80),
    "posts": (0.7, 200),
}
LENGTH_MATTERS = 0.6  # BM25's b: 0 ignores length, 1 divides by it
GAP = 10  # positions between two parts, so that no phrase reaches across

Posting = tuple[str, float, list[int]]  # term, weight, positions


def postings(document: Document) -> list[Posting]:
    """Every term of the document with its weight and its places."""
    parts = ((name, terms(getattr(document, name), document.language)) for name in PARTS)
    return _postings(parts, document.worth)


def spellings(document: Document) -> list[str]:
    """The words of title and tags as they are spelt, for those who spell them otherwise.

    Not of the posts: they hold as many wrong spellings as right ones, and many times the words.
    """
    found = words(f"{document.title} {document.tags}")
    return list(dict.fromkeys(spelling(word) for _, _, word in found))


def _postings(parts: Iterable[tuple[str, list[str]]], factor: float) -> list[Posting]:
    """BM25F's frequency of each term (Zaragoza et al., TREC 2004), and where it stands."""
    weights: defaultdict[str, float] = defaultdict(float)
    positions: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for name, found in parts:
        boost, usual = PARTS[name]
        worth = factor * boost / (1 - LENGTH_MATTERS + LENGTH_MATTERS * len(found) / usual)
        for position, term in enumerate(found, start=position):  # noqa: B020 — it runs on
            weights[term] += worth
            positions[term].append(position)
        position += GAP
    return [(term, weight, positions[term]) for term, weight in weights.items()]
