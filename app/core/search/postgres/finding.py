"""A parsed query → hits of one shelf: PostgreSQL finds candidates, the common plan ranks them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Any

from sqlalchemy import Connection

from app.core.search.hits import Found, shown_score
from app.core.search.plan import Wanted, make_plan, saturated
from app.core.search.postgres.packing import LABEL, Weights, lexeme, name_of
from app.core.search.postgres.words import Words
from app.core.search.query import Query

CANDIDATES = 1_000  # of a common word only the newest are ranked: reading all would take too long

_CANDIDATES = """
    SELECT id, kind, thing_id, weights FROM search_document
    WHERE shelf = %(shelf)s AND terms @@ CAST(%(asked)s AS tsquery)
    ORDER BY created_at DESC, id DESC LIMIT %(most)s
"""

Row = tuple[int, str, int, bytes]  # a candidate: id, kind, thing_id, weights


def find(
    connection: Connection,
    shelf: int,
    query: Query,
    labels: Sequence[str],
    limit: int,
    *,
    documents: int,
) -> list[Found]:
    """At most `limit` hits, those with all words first, best first within each tier.

    `documents` is how many the shelf holds.
    """
    narrowing = _narrowing(query, labels)
    if not query:
        rows = _rows(connection, shelf, narrowing, limit)
        shown = shown_score(0, complete=True)
        return [Found(kind, thing_id, shown, True) for _, kind, thing_id, _ in rows]
    words = Words(connection, shelf, documents)
    plan = make_plan(query, words)
    rows = _rows(connection, shelf, _all_of(plan, narrowing), CANDIDATES)
    if len(rows) < limit:
        rows += _rows(connection, shelf, _some_of(plan, words, narrowing), CANDIDATES)
    return _ranked({row[0]: row for row in rows}.values(), plan, limit)


def _rows(connection: Connection, shelf: int, asked: Sequence[str], most: int) -> list[Row]:
    """The newest documents for which all of the conditions hold; none for no condition.

    On the driver's own cursor: it reads a megabyte of weights as bytes, SQLAlchemy as hex digits.
    """
    if not asked:
        return []
    values = {"shelf": shelf, "asked": " & ".join(asked), "most": most}
    driver: Any = connection.connection.driver_connection
    with driver.cursor(binary=True) as cursor:
        found: list[Row] = cursor.execute(_CANDIDATES, values).fetchall()
    return found


def _narrowing(query: Query, labels: Sequence[str]) -> list[str]:
    phrases = [
        _any(f"({' <-> '.join(map(lexeme, sequence))})" for sequence in phrase.sequences)
        for phrase in query.phrases
    ]
    return [*phrases, *(lexeme(LABEL + label) for label in labels)]


def _all_of(plan: Sequence[Wanted], narrowing: Sequence[str]) -> list[str]:
    """Every required word; nothing where one of them stands in no document."""
    words = [_having(wanted) for wanted in plan if wanted.required]
    return [*words, *narrowing] if all(words) else []


def _having(wanted: Wanted) -> str:
    ways = [lexeme(term) for term, _ in wanted.terms]
    if len(wanted.parts) > 1:
        ways.append(f"({' & '.join(lexeme(term) for term, _ in wanted.parts)})")
    return _any(ways) if ways else ""


def _some_of(plan: Sequence[Wanted], words: Words, narrowing: Sequence[str]) -> list[str]:
    """The rarest words, as many as have no more than CANDIDATES documents together."""
    names = {term for wanted in plan for term in wanted.names}
    often = words.frequency(names)
    rarest = sorted(names, key=lambda term: (often.get(term, 0), term))
    room, taken = CANDIDATES, rarest[:1]
    for term in rarest:
        room -= often.get(term, 0)
        if room >= 0 and term not in taken:
            taken.append(term)
    return [_any(map(lexeme, taken)), *narrowing] if taken else []


def _any(ways: Iterable[str]) -> str:
    return f"({' | '.join(ways)})"


def _ranked(rows: Iterable[Row], plan: Sequence[Wanted], limit: int) -> list[Found]:
    scorers = [_Scorer(wanted) for wanted in plan]
    ranked = nsmallest(limit, [_rank(row, scorers) for row in rows])
    return [
        Found(kind, thing_id, shown_score(-worth, complete=not partial), not partial)
        for partial, worth, _, kind, thing_id in ranked
    ]


def _rank(row: Row, scorers: Sequence[_Scorer]) -> tuple[bool, float, int, str, int]:
    id, kind, thing_id, packed = row
    weights = Weights(packed)
    total, partial = 0.0, False
    for scorer in scorers:
        added, has_it = scorer.score(weights)
        total += added
        partial = partial or (scorer.required and not has_it)
    return partial, -total, id, kind, thing_id


class _Scorer:
    """One word of the plan, with the names of its terms."""

    def __init__(self, wanted: Wanted) -> None:
        self.required = wanted.required
        self._terms = [(name_of(term), worth) for term, worth in wanted.terms]
        self._parts = [(name_of(term), worth) for term, worth in wanted.parts]

    def score(self, weights: Weights) -> tuple[float, bool]:
        """What the word adds to the score of the document, and whether the document has it."""
        best = 0.0
        for name, worth in self._terms:
            weight = weights.of(name)
            if weight:
                best = max(best, saturated(worth, weight))
        halves = [saturated(worth, weights.of(name)) for name, worth in self._parts]
        return max(best, sum(halves)), best > 0 or (bool(halves) and all(halves))
