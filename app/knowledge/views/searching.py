"""What people searched for without finding anything, for those who write articles."""

from __future__ import annotations

from flask import render_template, request, url_for

from app.accounts.policies import staff as staff_only
from app.core.search import most_missed
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.knowledge.views.blueprint import staff


@staff.get("/knowledge/searches")
@policy(staff_only)
def searches() -> str:
    rows, following = most_missed(after=cursor_from_request())
    page = Page(
        rows,
        url_for("knowledge_staff.searches", after=cursor_text(following)) if following else None,
        url_for("knowledge_staff.searches") if request.args.get("after") else None,
    )
    return render_template("knowledge/searches.html", page=page)
