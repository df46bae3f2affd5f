"""Facets: by what the hits can be narrowed, how many would remain, and the links that do it.

Counted are the hits that the viewer may read, each as the database knows it now; nothing comes
from the index, which knows more than any viewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.search import Facts

FACETS = ("kind", "status", "board", "tag")
SINCE_DAYS = {"month": 30, "year": 365}
MAX_VALUES = 8  # shown of one facet, the most frequent ones
MAX_CHOSEN = 8  # of one facet; nobody clicks more, and addresses are bounded
VALUE_LENGTH = 100


@dataclass(frozen=True)
class Value:
    """One line of a facet. `url` chooses it, or gives it up if it is `chosen`."""

    key: str
    words: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """`name` is one of FACETS or "since"; of its values any may hold."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Choice:
    """What somebody chose of each facet."""

    values: Mapping[str, tuple[str, ...]]
    since: str | None = None

    def __bool__(self) -> bool:
        return self.since is not None or any(self.values.values())

    def url(self, q: str, **more: Any) -> str:
        values: dict[str, Any] = {**self.values, "since": self.since, **more}
        return url_for("forum.search", q=q, **values)

    def with_other(self, facet: str, key: str) -> Choice:
        """The same with this value chosen if it was not, and given up if it was."""
        if facet == "since":
            return Choice(self.values, None if self.since == key else key)
        old = self.values.get(facet, ())
        new = tuple(k for k in old if k != key) if key in old else (*old, key)
        return Choice({**self.values, facet: new}, self.since)

    def fits(self, facts: Facts, *, but: str | None = None) -> bool:
        """Whether a hit remains; `but` leaves one facet out of it."""
        in_time = self.since is None or but == "since" or _is_since(facts, self.since)
        return in_time and all(
            any(key in facts.values.get(facet, ()) for key in keys)
            for facet, keys in self.values.items()
            if keys and facet != but
        )


def choice_from(args: MultiDict[str, str]) -> Choice:
    """Strange values are kept as far as they are short: they fit no hit and can be given up."""
    values = {
        facet: tuple(
            dict.fromkeys(key for key in args.getlist(facet) if 0 < len(key) <= VALUE_LENGTH)
        )[:MAX_CHOSEN]
        for facet in FACETS
    }
    since = args.get("since", "")
    return Choice(values, since if since in SINCE_DAYS else None)


def facets_of(found: Sequence[Facts], choice: Choice, q: str) -> list[Facet]:
    """Those that tell something: with two values, or with one that is chosen."""
    facets = [_facet(name, found, choice, q) for name in FACETS] + [_since(found, choice, q)]
    return [f for f in facets if len(f.values) > 1 or any(v.chosen for v in f.values)]


def _facet(name: str, found: Sequence[Facts], choice: Choice, q: str) -> Facet:
    chosen = choice.values[name]
    words: dict[str, str] = {key: key for key in chosen}
    counts: Counter[str] = Counter(dict.fromkeys(chosen, 0))
    for facts in found:
        if choice.fits(facts, but=name):
            words |= facts.values.get(name, {})
            counts.update(facts.values.get(name, {}).keys())
    ranked = sorted(counts, key=lambda key: (key not in chosen, -counts[key], words[key]))
    return Facet(
        name,
        tuple(
            Value(key, words[key], counts[key], choice.with_other(name, key).url(q), key in chosen)
            for key in ranked[:MAX_VALUES]
        ),
    )


def _since(found: Sequence[Facts], choice: Choice, q: str) -> Facet:
    fitting = [facts for facts in found if choice.fits(facts, but="since")]
    counts = {key: sum(_is_since(facts, key) for facts in fitting) for key in SINCE_DAYS}
    return Facet(
        "since",
        tuple(
            Value(key, key, count, choice.with_other("since", key).url(q), choice.since == key)
            for key, count in counts.items()
            if choice.since == key or 0 < count < len(fitting)
        ),
    )


def _is_since(facts: Facts, since: str) -> bool:
    return facts.at >= clock.now() - timedelta(days=SINCE_DAYS[since])
