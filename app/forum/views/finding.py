"""The search page: everything that wiring.SEARCHABLE names, in one list."""

from __future__ import annotations

from typing import Any

import structlog
from flask import render_template, request, url_for
from flask_login import current_user

from app.accounts.policies import everyone
from app.core.forms import one_line
from app.core.search import Hit, SearchUnavailable, engine, searchable
from app.core.web.limits import limited
from app.core.web.paging import Page
from app.core.web.policy import policy
from app.forum import queries
from app.forum.limits import SEARCHING
from app.forum.search import KIND
from app.forum.views.blueprint import bp

log = structlog.get_logger()

QUERY_LENGTH = 200
PAGE = 20
MAX_HITS = 100  # nobody pages further; every hit is checked against what the viewer may read
ON_TOP = 3  # articles above the topics; the others stand where the engine put them
COMPLETE = 0.5  # the score from which on a hit has all words (core.search)


@bp.get("/search")
@policy(everyone)
@limited(SEARCHING)
def search() -> str:
    words, kind, start = _query(), _kind(), _start()
    hits, by_title = _hits(words, kind) if words else ([], False)
    found = _found(hits)
    kept: dict[str, Any] = {"q": words, "kind": kind} if kind else {"q": words}
    following = start + PAGE if len(found) > start + PAGE else None
    page = Page(
        shown(found[start : start + PAGE], words),
        url_for("forum.search", **kept, start=following) if following else None,
        url_for("forum.search", **kept) if start else None,
    )
    return render_template(
        "forum/search.html",
        q=words,
        kind=kind,
        page=page,
        total=len(found),
        more=len(found) == MAX_HITS,
        by_title=by_title,
    )


def find(words: str, kind: str | None) -> list[tuple[Hit, Any]]:
    """What a program that searches is shown: as on the page."""
    return _found(_hits(words, kind)[0])


def _hits(words: str, kind: str | None) -> tuple[list[Hit], bool]:
    """What the engine finds; without a sound index the newest topics by their titles, and True."""
    restricted = current_user.audience > 0
    try:
        return engine().search(words, restricted=restricted, kind=kind, limit=MAX_HITS), False
    except SearchUnavailable as error:
        log.warning("search_by_title", detail=error.detail)
    if kind not in (None, KIND):
        return [], True
    ids = queries.topic_ids_by_title(current_user, words, limit=MAX_HITS)
    return [Hit(KIND, topic_id, COMPLETE) for topic_id in ids], True


def _found(hits: list[Hit]) -> list[tuple[Hit, Any]]:
    """Readable things in the engine's order, the best articles above all topics."""
    readable = {
        name: source.readable(current_user, [hit.id for hit in hits if hit.kind == name])
        for name, source in searchable().items()
    }
    found = [
        (hit, readable[hit.kind][hit.id]) for hit in hits if hit.id in readable.get(hit.kind, ())
    ]
    top = [pair for pair in found if pair[0].kind != KIND and pair[0].score >= COMPLETE][:ON_TOP]
    return top + [pair for pair in found if pair not in top]


def shown(found: list[tuple[Hit, Any]], words: str) -> list[dict[str, Any]]:
    """What each kind says about its own, in the order of the list."""
    pages = {
        name: source.hits(current_user, [row for hit, row in found if hit.kind == name], words)
        for name, source in searchable().items()
    }
    return [pages[hit.kind][hit.id] for hit, _row in found]


def _query() -> str:
    return one_line(request.args.get("q", ""))[:QUERY_LENGTH]


def _kind() -> str | None:
    wanted = request.args.get("kind", "")
    return wanted if wanted in searchable() else None


def _start() -> int:
    raw = request.args.get("start", "")
    return min(int(raw), MAX_HITS) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
