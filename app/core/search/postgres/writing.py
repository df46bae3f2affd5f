"""Replacing documents of both shelves, with the counts of their words, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, text

from app.core.search.engine import PUBLIC, Document
from app.core.search.postgres.packing import LABEL, SPELLING, pack, vector
from app.core.search.tables import SearchDocument, SearchShelf, SearchTerm
from app.core.search.vocabulary import LONG
from app.core.search.weighing import VERSION, postings, spellings

SHELVES = (0, 1)  # public, restricted
LOCK = 4_701_002  # PostgreSQL's advisory lock: counts are added up by one writer at a time
WAIT_SECONDS = 30

_REMOVE = text("""
    WITH removed AS (
        DELETE FROM search_document
        USING unnest(CAST(:kinds AS varchar[]), CAST(:ids AS bigint[])) AS gone(kind, id)
        WHERE search_document.kind = gone.kind AND search_document.thing_id = gone.id
        RETURNING shelf, terms
    ), fewer AS (
        UPDATE search_shelf SET documents = search_shelf.documents - counted.removed
        FROM (SELECT shelf, count(*) AS removed FROM removed GROUP BY shelf) AS counted
        WHERE search_shelf.shelf = counted.shelf
    )
    UPDATE search_term SET documents = search_term.documents - counted.removed
    FROM (
        SELECT shelf, term, count(*) AS removed
        FROM removed, unnest(tsvector_to_array(terms)) AS term GROUP BY shelf, term
    ) AS counted
    WHERE search_term.shelf = counted.shelf AND search_term.term = counted.term
    RETURNING search_term.shelf, search_term.term, search_term.documents
""")
_ADD = text("""
    INSERT INTO search_document (shelf, kind, thing_id, created_at, terms, weights)
    VALUES (:shelf, :kind, :thing_id, :created_at, CAST(:terms AS tsvector), :weights)
""")
_COUNT_TERMS = text("""
    INSERT INTO search_term (shelf, term, backwards, documents)
    SELECT :shelf, term, CASE WHEN is_long THEN reverse(term) END, documents
    FROM unnest(CAST(:terms AS varchar[]), CAST(:are_long AS boolean[]), CAST(:counts AS int[]))
        AS added(term, is_long, documents)
    ON CONFLICT (shelf, term) DO UPDATE SET documents = search_term.documents + excluded.documents
""")
_COUNT_DOCUMENTS = text(
    "UPDATE search_shelf SET documents = documents + :added WHERE shelf = :shelf"
)
_FORGET_TERMS = text("""
    DELETE FROM search_term
    USING unnest(CAST(:shelves AS int[]), CAST(:terms AS varchar[])) AS gone(shelf, term)
    WHERE search_term.shelf = gone.shelf AND search_term.term = gone.term AND documents <= 0
""")
_BEGIN_SHELF = text("INSERT INTO search_shelf (shelf, version, documents) VALUES (:s, :v, 0)")


def take_turn(connection: Connection) -> None:
    """Wait for other writers; a batch may take longer than a page's statements do."""
    connection.execute(text(f"SET LOCAL lock_timeout = {round(WAIT_SECONDS * 1_000)}"))
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def begin_anew(connection: Connection) -> None:
    """Empty both shelves."""
    for table in (SearchDocument, SearchTerm, SearchShelf):
        connection.execute(delete(table))
    for shelf in SHELVES:
        connection.execute(_BEGIN_SHELF, {"s": shelf, "v": VERSION})


def replace(
    connection: Connection, documents: Sequence[Document], gone: Iterable[tuple[str, int]]
) -> None:
    """Remove what has one of these keys, add `documents`."""
    keys = sorted({*gone, *((document.kind, document.id) for document in documents)})
    kinds, ids = [kind for kind, _ in keys], [id for _, id in keys]
    fewer = connection.execute(_REMOVE, {"kinds": kinds, "ids": ids}).all()
    unused = [(row.shelf, row.term) for row in fewer if row.documents <= 0]
    for shelf in SHELVES:
        _add(connection, shelf, [d for d in documents if _shelf_of(d) == shelf])
    if unused:  # unless a new document has the word again
        shelves, terms = zip(*unused, strict=True)
        connection.execute(_FORGET_TERMS, {"shelves": list(shelves), "terms": list(terms)})


def _add(connection: Connection, shelf: int, documents: Sequence[Document]) -> None:
    if not documents:
        return
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for document in documents:
        found = postings(document)
        spelt = [SPELLING + word for word in spellings(document)]
        counts.update(term for term, _, _ in found)
        counts.update(spelt)
        labels = [LABEL + label for label in document.all_labels]
        rows.append(
            {
                "shelf": shelf,
                "kind": document.kind,
                "thing_id": document.id,
                "created_at": document.created_at,
                "terms": vector(found, [*spelt, *labels]),
                "weights": pack(found),
            }
        )
    connection.execute(_ADD, rows)
    terms = sorted(counts)  # in one order, so that two writers could not wait for each other
    are_long = [len(term) >= LONG and not term.startswith(SPELLING) for term in terms]
    amounts = [counts[term] for term in terms]
    values = {"shelf": shelf, "terms": terms, "are_long": are_long, "counts": amounts}
    connection.execute(_COUNT_TERMS, values)
    connection.execute(_COUNT_DOCUMENTS, {"shelf": shelf, "added": len(documents)})


def _shelf_of(document: Document) -> int:
    return 0 if document.audience == PUBLIC else 1
