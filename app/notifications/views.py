"""The inbox. Looking at it changes nothing; reading is marked by a button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import signed_in
from app.core.db import transaction
from app.core.errors import N_
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.notifications import actions, queries

bp = Blueprint("notifications", __name__)

SENTENCES = {
    "answer": N_("%(name)s answered in “%(title)s”."),
    "comment": N_("%(name)s commented in “%(title)s”."),
    "mention": N_("%(name)s mentioned you in “%(title)s”."),
    "acceptance": N_("%(name)s marked your answer in “%(title)s” as the solution."),
}


@bp.get("/account/notifications")
@policy(signed_in)
def inbox() -> str:
    rows, following = queries.inbox(current_user, after=cursor_from_request())
    page = Page(
        [_item(row) for row in rows],
        url_for("notifications.inbox", after=cursor_text(following)) if following else None,
        url_for("notifications.inbox") if request.args.get("after") else None,
    )
    return render_template("notifications/inbox.html", page=page)


@bp.post("/account/notifications/read")
@policy(signed_in)
def read_all() -> Response:
    with transaction():
        actions.mark_all_read(current_user)
    return redirect(url_for("notifications.inbox"), 303)


@bp.post("/account/notifications/<id:id>/open")
@policy(signed_in)
def open(id: int) -> Response:
    """Mark one as read and go to its post."""
    with transaction():
        post_id = actions.mark_read(id, current_user)
    return redirect(url_for("forum.post", id=post_id), 303)


def _item(row: Any) -> dict[str, object]:
    return {
        "text": _(SENTENCES[row.kind], name=row.actor_name, title=row.topic_title),
        "url": url_for("forum.post", id=row.post_id),
        "open_url": url_for("notifications.open", id=row.id),
        "created_at": row.created_at,
        "read": row.read_at is not None,
    }
