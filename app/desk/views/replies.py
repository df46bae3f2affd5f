"""Canned replies: the list for all of the team, and writing them for those who answer for the words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.db import transaction
from app.core.locale import current_language
from app.core.rules import require
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.core.web.saving import saved
from app.desk import actions, queries, rules
from app.desk.actions import ReplyWords
from app.desk.actions.replies import words_of
from app.desk.display import filled_reply, grouped
from app.desk.forms import ReplyForm
from app.desk.limits import DESK_WORK
from app.desk.views.blueprint import bp
from app.forum import queries as forum


@bp.get("/replies")
@policy(staff)
def replies() -> str:
    archived = "archived" in request.args
    return render_template(
        "desk/replies.html",
        groups=grouped(queries.replies(archived=archived)),
        archived=archived,
        may_change=bool(rules.can_change_replies(current_user)),
    )


@bp.get("/replies/new")
@policy(staff)
def new_reply() -> str:
    require(rules.can_change_replies(current_user))
    form = ReplyForm()
    form.language.data = current_language()
    return _page(form)


@bp.post("/replies/new")
@policy(staff)
@limited(DESK_WORK)
def new_reply_send() -> Response:
    require(rules.can_change_replies(current_user))
    form = ReplyForm()

    def write() -> str:
        actions.write_reply(current_user, _words(form))
        return url_for("desk.replies", done="reply_saved")

    return saved(form, write, lambda: _page(form))


@bp.get("/replies/<id:id>")
@policy(staff)
def reply(id: int) -> str:
    require(rules.can_change_replies(current_user))
    found = queries.reply_or_404(id)
    form = ReplyForm()
    for field in ("title", "situation", "language", "address", "text"):
        form[field].data = getattr(found, field)
    return _page(form, found)


@bp.post("/replies/<id:id>")
@policy(staff)
@limited(DESK_WORK)
def reply_send(id: int) -> Response:
    require(rules.can_change_replies(current_user))
    queries.reply_or_404(id)
    form = ReplyForm()

    def change() -> str:
        actions.change_reply(current_user, id, _words(form), seen=form.seen.data or None)
        return url_for("desk.replies", done="reply_saved")

    return saved(form, change, lambda: _page(form, queries.reply_or_404(id)))


@bp.post("/replies/<id:id>/archive")
@policy(staff)
@limited(DESK_WORK)
def archive_reply(id: int) -> Response:
    with transaction():
        actions.archive_reply(current_user, id)
    return redirect(url_for("desk.replies", done="reply_archived"), 303)


@bp.post("/replies/<id:id>/restore")
@policy(staff)
@limited(DESK_WORK)
def restore_reply(id: int) -> Response:
    with transaction():
        actions.restore_reply(current_user, id)
    return redirect(url_for("desk.replies", done="reply_restored"), 303)


@bp.post("/replies/<id:id>/move")
@policy(staff)
@limited(DESK_WORK)
def move_reply(id: int) -> Response:
    with transaction():
        actions.move_reply(current_user, id, up=request.form.get("to") != "down")
    return redirect(url_for("desk.replies", _anchor=f"reply-{id}"), 303)


@bp.get("/replies/<id:id>/for/<id:topic_id>")
@policy(staff)
def reply_for(id: int, topic_id: int) -> FlaskResponse:
    """The words alone, for script that puts them where the cursor stands."""
    topic = forum.topic_or_404(topic_id, current_user)
    response = make_response(filled_reply(current_user, queries.reply_or_404(id), topic))
    response.mimetype = "text/plain"
    response.headers["Cache-Control"] = "no-store"
    return response


def _words(form: ReplyForm) -> ReplyWords:
    return ReplyWords(
        title=form.title.data or "",
        text=form.text.data or "",
        situation=form.situation.data or "",
        language=form.language.data,
        address=form.address.data,
    )


def _page(form: ReplyForm, found: Any = None) -> str:
    if found is not None:
        form.begin_from(asdict(words_of(found)))
    return render_template("desk/reply.html", form=form, reply=found)
