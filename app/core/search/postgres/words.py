"""The vocabulary of one shelf in PostgreSQL: few round trips, and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from app.core.search.postgres.packing import SPELLING

_LAST = "\U0010ffff"  # behind every other letter

_FREQUENCY = text(
    "SELECT term, documents FROM search_term WHERE shelf = :shelf AND term = ANY(:terms)"
)
_BEGINNING = """
    SELECT asked.beginning, found.term, found.documents
    FROM unnest(CAST(:beginnings AS varchar[])) AS asked(beginning)
    CROSS JOIN LATERAL (
        SELECT term, documents FROM search_term
        WHERE shelf = :shelf AND {column} >= asked.beginning AND {column} < asked.beginning || :last
        ORDER BY {column} LIMIT :most
    ) AS found
"""
_STARTING = text(_BEGINNING.format(column="term"))
_ENDING = text(_BEGINNING.format(column="backwards"))


class Words:
    """What `connection` sees of one shelf."""

    def __init__(self, connection: Connection, shelf: int, documents: int) -> None:
        self.documents = documents
        self._connection, self._shelf = connection, shelf
        self._known: dict[str, int] = {}

    def frequency(self, terms: Iterable[str]) -> dict[str, int]:
        wanted = set(terms)
        unknown = sorted(wanted - self._known.keys())
        if unknown:
            self._known |= dict.fromkeys(unknown, 0)
            found = self._connection.execute(_FREQUENCY, {"shelf": self._shelf, "terms": unknown})
            self._known |= {row.term: row.documents for row in found}
        return {term: self._known[term] for term in wanted if self._known[term]}

    def starting(self, beginnings: Sequence[str], limit: int) -> dict[str, list[str]]:
        return self._from(beginnings, limit)

    def ending(self, ends: Sequence[str], limit: int) -> dict[str, list[str]]:
        found = self._from([end[::-1] for end in ends], limit, backwards=True)
        return {backwards[::-1]: terms for backwards, terms in found.items()}

    def spellings(self, beginnings: Sequence[str], limit: int) -> dict[str, int]:
        found = self._from([SPELLING + beginning for beginning in beginnings], limit)
        marked = [term for terms in found.values() for term in terms]
        return {term.removeprefix(SPELLING): self._known[term] for term in marked}

    def is_spelt(self, word: str) -> bool:
        return bool(self.frequency([SPELLING + word]))

    def _from(
        self, beginnings: Sequence[str], limit: int, *, backwards: bool = False
    ) -> dict[str, list[str]]:
        rows = self._connection.execute(
            _ENDING if backwards else _STARTING,
            {"shelf": self._shelf, "beginnings": list(beginnings), "most": limit, "last": _LAST},
        )
        found: dict[str, list[str]] = {beginning: [] for beginning in beginnings}
        for beginning, term, documents in rows:
            found[beginning].append(term)
            self._known[term] = documents
        return found
