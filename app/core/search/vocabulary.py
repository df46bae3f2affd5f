"""The words that stand in one index, asked for many at once: they may be a round trip away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

LONG = 7  # letters; a shorter term is taken for no compound


class Vocabulary(Protocol):
    """Terms are what `analysis` makes of words; spellings are words as they stand in titles."""

    @property
    def documents(self) -> int:
        """How many the index holds; never less than any frequency."""

    def frequency(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many documents each term stands; unknown ones are missing."""

    def starting(self, beginnings: Sequence[str], limit: int) -> Mapping[str, Sequence[str]]:
        """At most `limit` terms that begin so, in alphabetical order."""

    def ending(self, ends: Sequence[str], limit: int) -> Mapping[str, Sequence[str]]:
        """At most `limit` terms of LONG letters or more that end so."""

    def spellings(self, beginnings: Sequence[str], limit: int) -> Mapping[str, int]:
        """At most `limit` spellings for each beginning, with the number of their documents."""

    def is_spelt(self, word: str) -> bool:
        """Whether a title has this spelling now; the list may remember deleted ones for a while."""
