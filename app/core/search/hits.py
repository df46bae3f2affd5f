"""What an index found, and one list out of the two indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.search.engine import Hit

HALF_SCORE = 20.0  # the BM25 sum that is shown as the middle of its tier; moves no hit


@dataclass(frozen=True)
class Found:
    """A hit of one index. `complete`: it has all words; `score` falls along the list, 0…1."""

    kind: str
    id: int
    score: float
    complete: bool

    @property
    def hit(self) -> Hit:
        return Hit(self.kind, self.id, self.score)


def shown_score(score: float, *, complete: bool) -> float:
    """A BM25 sum between 0 and 1, all complete hits above all others."""
    return score / (score + HALF_SCORE) / 2 + complete / 2


def interleave(public: Sequence[Found], restricted: Sequence[Found]) -> list[Hit]:
    """One list of two whose scores do not compare: by reciprocal rank, complete hits first.

    The first of each list is worth 1, the second 1/2 …; the public one goes first of equals. A
    document caught in both (a move between two commits) is listed once, at its better place.
    """
    ranked = [
        (not found.complete, -1 / rank, found)
        for found_list in (public, restricted)
        for tier in (True, False)
        for rank, found in enumerate((f for f in found_list if f.complete is tier), start=1)
    ]
    ranked.sort(key=lambda row: row[:2])  # stable: public rows come first
    hits: dict[tuple[str, int], Hit] = {}
    for is_partial, worth, found in ranked:
        score = -worth / 2 if is_partial else 0.5 - worth / 2
        hits.setdefault((found.kind, found.id), Hit(found.kind, found.id, score))
    return list(hits.values())
