"""The search page: everything that wiring.SEARCHABLE names, in one list."""

from __future__ import annotations

from flask import render_template, request
from flask_login import current_user

from app.accounts.policies import everyone
from app.core.forms import one_line
from app.core.numbers import whole
from app.core.search import Facts, note_miss, searchable
from app.core.web.limits import limited
from app.core.web.paging import Page
from app.core.web.policy import policy
from app.forum.limits import SEARCHING
from app.forum.views import operators
from app.forum.views.blueprint import bp
from app.forum.views.looking import MAX_HITS, Pair, key_of, look_up, shown
from app.forum.views.narrowing import Choice, choice_from, facets_of

QUERY_LENGTH = 200
PAGE = 20


@bp.get("/search")
@policy(everyone)
@limited(SEARCHING)
def search() -> str:
    q, choice, start = _query(), choice_from(request.args), _start()
    asked = operators.read(q, current_user)
    findings = look_up(asked)
    if not (findings.found or findings.by_title or asked.operators):
        note_miss(asked.words)
    facts = _facts(findings.found)
    fitting = [pair for pair in findings.found if choice.fits(facts[key_of(pair)])]
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


def _facts(found: list[Pair]) -> dict[tuple[str, int], Facts]:
    """By what each hit can be narrowed, in the order of the list."""
    known = {
        name: source.facts([row for hit, row in found if hit.kind == name])
        for name, source in searchable().items()
    }
    return {key_of(pair): known[pair[0].kind][pair[0].id] for pair in found}


def _page(fitting: list[Pair], words: str, choice: Choice, q: str, start: int) -> Page:
    following = start + PAGE if len(fitting) > start + PAGE else None
    return Page(
        shown(fitting[start : start + PAGE], words),
        choice.url(q, start=following) if following else None,
        choice.url(q) if start else None,
    )


def _query() -> str:
    return one_line(request.args.get("q", ""))[:QUERY_LENGTH]


def _start() -> int:
    return min(whole(request.args.get("start")) or 0, MAX_HITS)
