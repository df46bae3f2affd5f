"""The search page."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from app.accounts.policies import everyone
from app.core.forms import one_line
from app.core.search import highlight
from app.core.text import plain
from app.core.web.paging import Page
from app.core.web.policy import policy
from app.forum import queries
from app.forum.display import topic_line
from app.forum.search import KIND, engine
from app.forum.views.blueprint import bp

QUERY_LENGTH = 200
PAGE = 20
MAX_HITS = 100  # nobody pages further; every hit is checked against what the viewer may read
EXCERPT_LENGTH = 220


@bp.get("/search")
@policy(everyone)
def search() -> str:
    words = _query()
    start = _start()
    found = _found(words) if words else []
    shown = found[start : start + PAGE]
    texts = queries.passages([row.id for row in shown], current_user)
    page = Page(
        [_hit(row, texts.get(row.id, ""), words) for row in shown],
        url_for("forum.search", q=words, start=start + PAGE) if len(found) > start + PAGE else None,
        url_for("forum.search", q=words) if start else None,
    )
    return render_template(
        "forum/search.html", q=words, page=page, total=len(found), more=len(found) == MAX_HITS
    )


def _found(words: str) -> list[Any]:
    """Readable topics in the engine's order."""
    hits = engine().search(words, restricted=current_user.audience > 0, kind=KIND, limit=MAX_HITS)
    readable = queries.topics_by_ids(current_user, [hit.id for hit in hits])
    return [readable[hit.id] for hit in hits if hit.id in readable]


def _hit(row: Any, html: str, words: str) -> dict[str, Any]:
    line = topic_line(row, current_user)
    return {
        "kind": KIND,
        "title": line.title,
        "url": line.url,
        "status": line.status,
        "board_name": line.board_name,
        "answers_count": line.answers_count,
        "created_at": line.created_at,
        "excerpt": highlight(plain(html), words, EXCERPT_LENGTH),
    }


def _query() -> str:
    return one_line(request.args.get("q", ""))[:QUERY_LENGTH]


def _start() -> int:
    raw = request.args.get("start", "")
    return min(int(raw), MAX_HITS) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
