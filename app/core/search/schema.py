"""The fields of the whoosh index.

All parts of a document share one field with ready weights (`weighing`); a query only adds. With a
field for each part a query walked five lists for every word and looked up a length for every
posting: 97 ms at the 95th percentile for 1,510 threads, on the way to a second at 100,000 posts.
Positions lie in a field of their own, which only phrases read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
from whoosh.formats import Existence

from app.core.search.engine import Document
from app.core.search.vocabulary import LONG
from app.core.search.weighing import VERSION, Posting, postings, spellings

INDEX_NAME = VERSION  # part of every file name

TEXT_FIELD = "text"
ORDER_FIELD = "order"
ENDS_FIELD = "ends"
SPELLING_FIELD = "spelling"
LABEL_FIELD = "label"


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


class _Marks(TEXT):  # type: ignore[misc]
    """Ready words that a document has or has not."""

    def __init__(self) -> None:
        super().__init__(analyzer=_no_analyzer)
        self.format = Existence()
        self.scorable = False

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        return ((word.encode(), 1, 1.0, b"") for word in value)


def schema() -> Schema:
    return Schema(
        **{
            TEXT_FIELD: _Weights(),
            ORDER_FIELD: _Positions(),
            ENDS_FIELD: _Marks(),
            SPELLING_FIELD: _Marks(),
            LABEL_FIELD: _Marks(),
        },
        key=ID(unique=True),
        kind=STORED,
        id=STORED,
        created_at=COLUMN(NumericColumn("q")),
    )


def fields(document: Document) -> dict[str, object]:
    found = postings(document)
    return {
        TEXT_FIELD: found,
        ORDER_FIELD: found,
        # Backwards, so that the words ending alike stand together.
        ENDS_FIELD: [term[::-1] for term, _, _ in found if len(term) >= LONG],
        SPELLING_FIELD: spellings(document),
        LABEL_FIELD: list(dict.fromkeys(document.all_labels)),
        "key": document.key,
        "kind": document.kind,
        "id": document.id,
        "created_at": int(document.created_at.timestamp()),
    }


def _no_analyzer(*_: object, **__: object) -> None:
    raise TypeError("texts are analysed before whoosh sees them")
