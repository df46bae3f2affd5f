"""Looking things up: what the search page and the API find, in one order, and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import structlog
from flask_login import current_user

from app.core.search import Hit, SearchUnavailable, engine, searchable
from app.forum import queries
from app.forum.search import KIND
from app.forum.views.operators import Asked

log = structlog.get_logger()

MAX_HITS = 200  # nobody pages further; every hit is checked against what the viewer may read
ON_TOP = 3  # articles above the topics; the others stand where the engine put them
COMPLETE = 0.5  # the score from which on a hit has all words (core.search)

Pair = tuple[Hit, Any]  # a hit and its row


@dataclass(frozen=True)
class Findings:
    """What was found for `words`. `meant` is what somebody may have wanted to type instead.

    `instead_of` are the words that found nothing, where `words` are their correction. `by_title`
    says that there is no index at the moment, so that only titles were compared.
    """

    words: str
    found: list[Pair] = field(default_factory=list)
    meant: str | None = None
    instead_of: str | None = None
    by_title: bool = False


def look_up(asked: Asked) -> Findings:
    """Where nothing has all the words, perhaps another spelling of them has."""
    try:
        return _look_up(asked)
    except SearchUnavailable as error:
        log.warning("search_by_title", detail=error.detail)
        return Findings(asked.words, _by_title(asked.words), by_title=True)


def find(words: str, kind: str | None) -> list[Pair]:
    """What a program finds: the same, as far as the index is sound."""
    try:
        return _found(words, (), kind)
    except SearchUnavailable as error:
        log.warning("search_by_title", detail=error.detail)
        return _by_title(words) if kind in (None, KIND) else []


def shown(found: list[Pair], words: str) -> list[dict[str, Any]]:
    """What each kind says about its own, in the order of the list."""
    pages = {
        name: source.hits(current_user, [row for hit, row in found if hit.kind == name], words)
        for name, source in searchable().items()
    }
    return [pages[hit.kind][hit.id] for hit, _row in found]


def key_of(pair: Pair) -> tuple[str, int]:
    return pair[0].kind, pair[0].id


def _look_up(asked: Asked) -> Findings:
    found = _found(asked.words, asked.labels)
    if not asked.words or (found and found[0][0].score >= COMPLETE):
        return Findings(asked.words, found)
    meant = engine().correction(asked.words)
    if found or meant is None:
        return Findings(asked.words, found, meant=meant)
    instead = _found(meant, asked.labels)
    return Findings(meant, instead, instead_of=asked.words) if instead else Findings(asked.words)


def _found(words: str, labels: tuple[str, ...], kind: str | None = None) -> list[Pair]:
    """Readable things in the engine's order, the best articles above all topics."""
    if not words and not labels:
        return []
    is_restricted = current_user.audience > 0
    hits = engine().search(
        words, restricted=is_restricted, labels=labels, kind=kind, limit=MAX_HITS
    )
    found = _readable(hits)
    top = [pair for pair in found if pair[0].kind != KIND and pair[0].score >= COMPLETE][:ON_TOP]
    return _above_their_sources(top + [pair for pair in found if pair not in top])


def _by_title(words: str) -> list[Pair]:
    """The newest topics that have the words in their titles."""
    ids = queries.topic_ids_by_title(current_user, words, limit=MAX_HITS)
    return _readable([Hit(KIND, topic_id, COMPLETE) for topic_id in ids])


def _readable(hits: list[Hit]) -> list[Pair]:
    rows = {
        name: source.readable(current_user, [hit.id for hit in hits if hit.kind == name])
        for name, source in searchable().items()
    }
    return [(hit, rows[hit.kind][hit.id]) for hit in hits if hit.id in rows.get(hit.kind, ())]


def _above_their_sources(found: list[Pair]) -> list[Pair]:
    """What was made from another thing stands right above it, if it stood below."""
    ordered = list(found)
    for pair in found:
        source = searchable()[pair[0].kind].source(pair[1])
        place = next((n for n, other in enumerate(ordered) if key_of(other) == source), None)
        if place is not None and place < ordered.index(pair):
            ordered.remove(pair)
            ordered.insert(place, pair)
    return ordered
