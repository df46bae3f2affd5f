"""The search page: everything that wiring.SEARCHABLE names, in one list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from flask_login import current_user

from app.accounts.policies import everyone
from app.core.forms import one_line
from app.core.search import Facts, Hit, engine, note_miss, searchable
from app.core.web.paging import Page
from app.core.web.policy import policy
from app.forum.search import KIND
from app.forum.views import operators
from app.forum.views.blueprint import bp
from app.forum.views.narrowing import Choice, choice_from, facets_of
from app.forum.views.operators import Asked

QUERY_LENGTH = 200
PAGE = 20
MAX_HITS = 200  # nobody pages further; every hit is checked against what the viewer may read
ON_TOP = 3  # articles above the topics; the others stand where the engine put them
COMPLETE = 0.5  # the score from which on a hit has all words (core.search)

Pair = tuple[Hit, Any]  # a hit and its row


@dataclass(frozen=True)
class Findings:
    """What was found for `words`. `meant` is what somebody may have wanted to type instead.

    `instead_of` are the words that found nothing, where `words` are their correction.
    """

    words: str
    found: list[Pair] = field(default_factory=list)
    meant: str | None = None
    instead_of: str | None = None


@bp.get("/search")
@policy(everyone)
def search() -> str:
    q, choice, start = _query(), choice_from(request.args), _start()
    asked = operators.read(q, current_user)
    findings = _look_up(asked)
    if not findings.found and not asked.operators:
        note_miss(asked.words)
    facts = _facts(findings.found)
    fitting = [pair for pair in findings.found if choice.fits(facts[_key(pair)])]
    return render_template(
        "forum/search.html",
        q=q,
        asked=asked,
        findings=findings,
        meant_url=choice.url(asked.with_words(findings.meant)) if findings.meant else None,
        facets=facets_of(list(facts.values()), choice, q),
        page=_page(fitting, findings.words, choice, q, start),
        everything_url=Choice({}).url(q) if choice else None,
        total=len(fitting),
        more=len(findings.found) == MAX_HITS,
    )


def _look_up(asked: Asked) -> Findings:
    """Where nothing has all the words, perhaps another spelling of them has."""
    found = _found(asked.words, asked.labels)
    if not asked.words or (found and found[0][0].score >= COMPLETE):
        return Findings(asked.words, found)
    meant = engine().correction(asked.words)
    if found or meant is None:
        return Findings(asked.words, found, meant=meant)
    instead = _found(meant, asked.labels)
    return Findings(meant, instead, instead_of=asked.words) if instead else Findings(asked.words)


def _found(words: str, labels: tuple[str, ...]) -> list[Pair]:
    """Readable things in the engine's order, the best articles above all topics."""
    if not words and not labels:
        return []
    is_restricted = current_user.audience > 0
    hits = engine().search(words, restricted=is_restricted, labels=labels, limit=MAX_HITS)
    readable = {
        name: source.readable(current_user, [hit.id for hit in hits if hit.kind == name])
        for name, source in searchable().items()
    }
    found = [
        (hit, readable[hit.kind][hit.id]) for hit in hits if hit.id in readable.get(hit.kind, ())
    ]
    top = [pair for pair in found if pair[0].kind != KIND and pair[0].score >= COMPLETE][:ON_TOP]
    return _above_their_sources(top + [pair for pair in found if pair not in top])


def _above_their_sources(found: list[Pair]) -> list[Pair]:
    """What was made from another thing stands right above it, if it stood below."""
    ordered = list(found)
    for pair in found:
        source = searchable()[pair[0].kind].source(pair[1])
        place = next((n for n, other in enumerate(ordered) if _key(other) == source), None)
        if place is not None and place < ordered.index(pair):
            ordered.remove(pair)
            ordered.insert(place, pair)
    return ordered


def _facts(found: list[Pair]) -> dict[tuple[str, int], Facts]:
    """By what each hit can be narrowed, in the order of the list."""
    known = {
        name: source.facts([row for hit, row in found if hit.kind == name])
        for name, source in searchable().items()
    }
    return {_key(pair): known[pair[0].kind][pair[0].id] for pair in found}


def _page(fitting: list[Pair], words: str, choice: Choice, q: str, start: int) -> Page:
    following = start + PAGE if len(fitting) > start + PAGE else None
    return Page(
        _shown(fitting[start : start + PAGE], words),
        choice.url(q, start=following) if following else None,
        choice.url(q) if start else None,
    )


def _shown(found: list[Pair], words: str) -> list[dict[str, Any]]:
    """What each kind says about its own, in the order of the list."""
    shown = {
        name: source.hits(current_user, [row for hit, row in found if hit.kind == name], words)
        for name, source in searchable().items()
    }
    return [shown[hit.kind][hit.id] for hit, _row in found]


def _key(pair: Pair) -> tuple[str, int]:
    return pair[0].kind, pair[0].id


def _query() -> str:
    return one_line(request.args.get("q", ""))[:QUERY_LENGTH]


def _start() -> int:
    raw = request.args.get("start", "")
    return min(int(raw), MAX_HITS) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
