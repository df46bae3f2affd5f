"""The revisions of an article and what changed between them; for staff."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from app.accounts.policies import staff as staff_only
from app.core.errors import NotFound
from app.core.numbers import whole
from app.core.text.diff import changed_lines
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request
from app.core.web.policy import policy
from app.knowledge import queries
from app.knowledge.display import article_line
from app.knowledge.limits import COMPARING
from app.knowledge.views.blueprint import staff


@staff.get("/knowledge/<id:id>/revisions")
@policy(staff_only)
@limited(COMPARING)
def revisions(id: int) -> str:
    """`?of=3` shows what the third revision changed; without it, what the newest did."""
    article = queries.article_or_404(id, current_user, newest=True)
    cursor = cursor_from_request()
    rows, following = queries.revisions_page(id, after=cursor[0] if cursor else None)
    page = Page(
        _lines(rows),
        url_for("knowledge_staff.revisions", id=id, after=following) if following else None,
        url_for("knowledge_staff.revisions", id=id) if cursor else None,
    )
    return render_template(
        "knowledge/revisions.html",
        article=article_line(article),
        current_id=article.current_revision_id,
        page=page,
        change=_change(id, _wanted(article.number)),
    )


def _wanted(newest: int) -> int:
    number = whole(request.args.get("of"))
    return newest if number is None else number


def _lines(rows: Any) -> list[dict[str, Any]]:
    steps = defaultdict(list)
    for step in queries.reviews_of([row.id for row in rows]):
        steps[step.revision_id].append(step)
    return [{**row._mapping, "steps": steps[row.id]} for row in rows]


def _change(article_id: int, number: int) -> dict[str, Any]:
    """What a revision changed; the first one changed nothing, it is all new."""
    after = queries.revision_of(article_id, number)
    if after is None:
        raise NotFound()
    before = queries.revision_of(article_id, number - 1) if number > 1 else None
    return {
        "number": number,
        "is_first": before is None,
        "parts": [
            (name, changed_lines(getattr(before, name) if before else "", getattr(after, name)))
            for name in ("title", "valid_for", "problem", "solution")
        ],
    }
