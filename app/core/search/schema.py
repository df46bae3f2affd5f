"""The fields of the index, and what a word is worth in each part of a document.

All parts share one field. What a word weighs (how often, in which part, how long that part is) is
known when the document is written, so it is computed then and kept in the posting; a query only
adds. With a field for each part a query walked five lists for every word and looked up a length
for every posting: 97 ms at the 95th percentile for 1,510 threads, on the way to a second at
100,000 posts. Positions lie in a field of their own, which only phrases read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from whoosh.columns import NumericColumn
from whoosh.fields import BOOLEAN, COLUMN, ID, NUMERIC, STORED, TEXT, Schema
from whoosh.formats import Existence

from app.core.search.analysis import terms
from app.core.search.engine import Document

# Part of every file name: raise it when fields, weights or analysis change, and old indexes count
# as missing, so that the worker builds them anew.
INDEX_NAME = "v1"

TEXT_FIELD = "text"
ORDER_FIELD = "order"

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


class _Weights(TEXT):  # type: ignore[misc]
    """Takes ready postings instead of text; whoosh's own analysis and weights stay out."""

    def __init__(self) -> None:
        super().__init__(analyzer=_no_analyzer)
        self.format = Existence()  # nothing but number and weight
        self.scorable = False  # no lengths: they are in the weights

    def index(
        self, value: Sequence[Posting], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((term.encode(), 1, weight, b"") for term, weight, _ in value)


class _Positions(TEXT):  # type: ignore[misc]
    """The same postings, for phrases."""

    def __init__(self) -> None:
        super().__init__(analyzer=_no_analyzer)
        self.scorable = False

    def index(
        self, value: Sequence[Posting], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        encode = self.format.encode
        return ((term.encode(), 1, 1.0, encode(positions)) for term, _, positions in value)


def schema() -> Schema:
    return Schema(
        **{TEXT_FIELD: _Weights(), ORDER_FIELD: _Positions()},
        key=ID(unique=True),
        kind=ID(stored=True),
        id=STORED,
        audience=NUMERIC(int, bits=8, shift_step=0),
        board=ID,
        solved=BOOLEAN,
        created_at=COLUMN(NumericColumn("q")),
    )


def fields(document: Document) -> dict[str, object]:
    parts = ((name, terms(getattr(document, name), document.language)) for name in PARTS)
    postings = _postings(parts)
    return {
        TEXT_FIELD: postings,
        ORDER_FIELD: postings,
        "key": document.key,
        "kind": document.kind,
        "id": document.id,
        "audience": document.audience,
        "board": document.board,
        "solved": document.solved,
        "created_at": int(document.created_at.timestamp()),
    }


def _postings(parts: Iterable[tuple[str, list[str]]]) -> list[Posting]:
    """BM25F's frequency of each term (Zaragoza et al., TREC 2004), and where it stands."""
    weights: defaultdict[str, float] = defaultdict(float)
    positions: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for name, found in parts:
        boost, usual = PARTS[name]
        worth = boost / (1 - LENGTH_MATTERS + LENGTH_MATTERS * len(found) / usual)
        for position, term in enumerate(found, start=position):  # noqa: B020 — it runs on
            weights[term] += worth
            positions[term].append(position)
        position += GAP
    return [(term, weight, positions[term]) for term, weight in weights.items()]


def _no_analyzer(*_: object, **__: object) -> None:
    raise TypeError("texts are analysed before whoosh sees them")
