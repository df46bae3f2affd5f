"""The queue: what waits for a decision, the oldest first."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core import clock
from app.core.waiting import wait_between
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.moderation import actions, queries
from app.moderation.inbox import case_detail, case_kind
from app.moderation.limits import CASEWORK
from app.moderation.policies import deciding, moderating
from app.moderation.views.blueprint import staff


@staff.get("")
@policy(moderating)
def queue() -> str:
    wanted = request.args.get("filter", "")
    filter_ = wanted if wanted in queries.FILTERS else "all"
    rows, following = queries.open_cases_page(current_user, filter_, after=cursor_from_request())
    now = clock.now()
    items = [
        {
            "url": url_for("casework.case", id=row.id),
            "title": row.title,
            "kind": case_kind(row),
            "detail": case_detail(row),
            "board": row.board_name,
            "author": row.author_name,
            "wait": wait_between(row.opened_at, now),
        }
        for row in rows
    ]
    page = Page(
        items,
        url_for("casework.queue", filter=filter_, after=cursor_text(following))
        if following
        else None,
        url_for("casework.queue", filter=filter_) if request.args.get("after") else None,
    )
    return render_template("moderation/queue.html", page=page, filter=filter_)


@staff.get("/appeals")
@policy(deciding)
def appeals() -> str:
    rows, following = queries.open_appeals_page(current_user, after=cursor_from_request())
    now = clock.now()
    items = [
        {
            "url": url_for("casework.appeal", id=row.id),
            "title": row.title,
            "author": row.author_name,
            "board": row.board_name,
            "wait": wait_between(row.filed_at, now),
        }
        for row in rows
    ]
    page = Page(
        items,
        url_for("casework.appeals", after=cursor_text(following)) if following else None,
        url_for("casework.appeals") if request.args.get("after") else None,
    )
    return render_template("moderation/appeals.html", page=page)


@staff.post("/posts/<id:id>/case")
@policy(moderating)
@limited(CASEWORK)
def open_case(id: int) -> Response:
    """Look into a post that nobody has reported."""
    return redirect(once(lambda: _open(id)), 303)


def _open(post_id: int) -> str:
    case = actions.open_case(current_user, post_id=post_id)
    return url_for("casework.case", id=case.id)
