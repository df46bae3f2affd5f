"""The inbox. Looking at it changes nothing; reading is marked by a button."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import signed_in
from app.core.db import transaction
from app.core.numbers import ID_DIGITS, whole
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.notifications import actions, display, queries
from app.notifications.limits import READING

bp = Blueprint("notifications", __name__)


@bp.get("/account/notifications")
@policy(signed_in)
def inbox() -> str:
    rows, following = queries.inbox(current_user, after=cursor_from_request())
    page = Page(
        display.items(current_user, rows),
        url_for("notifications.inbox", after=cursor_text(following)) if following else None,
        url_for("notifications.inbox") if request.args.get("after") else None,
    )
    return render_template("notifications/inbox.html", page=page)


@bp.post("/account/notifications/read")
@policy(signed_in)
@limited(READING)
def read_all() -> Response:
    with transaction():
        actions.mark_all_read(current_user)
    return redirect(url_for("notifications.inbox"), 303)


@bp.post("/account/notifications/seen")
@policy(signed_in)
@limited(READING)
def seen() -> str:
    """Script tells that a topic is before the reader's eyes; the answer is the bell as it is now.

    A mail leads to the topic, not to the inbox: without this its news would stay new for ever.
    """
    topic_id = whole(request.form.get("topic"), ID_DIGITS) or 0
    unread = current_user.unread_count
    if queries.has_unread_about(current_user, topic_id):
        with transaction():
            actions.mark_seen(topic_id, current_user)
        unread = queries.unread_count(current_user)
    return render_template("notifications/_bell.html", unread=unread)


@bp.post("/account/notifications/<id:id>/open")
@policy(signed_in)
@limited(READING)
def open(id: int) -> Response:
    """Mark one as read and go where it leads; back to the inbox if that is gone meanwhile."""
    with transaction():
        actions.mark_read(id, current_user)
    found = queries.in_inbox(id, current_user)
    shown = display.items(current_user, [found]) if found is not None else []
    return redirect(str(shown[0]["url"]) if shown else url_for("notifications.inbox"), 303)
