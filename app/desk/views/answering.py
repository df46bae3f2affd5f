"""Answering a topic from the desk, and going on to what waits next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.errors import Refused
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.desk import display
from app.desk.forms import TeamAnswerForm
from app.desk.limits import DESK_WORK
from app.desk.views.blueprint import bp
from app.desk.views.inbox import chosen_kind
from app.desk.views.things import thing_page, thing_url
from app.forum import actions
from app.forum import queries as forum


@bp.post("/topic/<id:id>/answer")
@policy(staff)
@limited(DESK_WORK)
def answer(id: int) -> Response | FlaskResponse:
    topic = forum.topic_or_404(id, current_user)
    form = TeamAnswerForm()
    if "insert" in request.form:
        form.text.data = _with_reply(form, topic)
        return make_response(thing_page("topic", id, form))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(thing_page("topic", id, form, preview=form.html))
    if valid:
        following = _following(id)
        try:
            return redirect(once(lambda: _publish(form, id, following)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(thing_page("topic", id, form), 422)


def _publish(form: TeamAnswerForm, topic_id: int, following: str | None) -> str:
    post = actions.post_answer(
        current_user, topic_id=topic_id, text=form.text.data or "", html=form.html
    )
    if form.official.data:
        actions.make_official(current_user, post_id=post.id)
    return following or thing_url("topic", topic_id, "answered")


def _following(topic_id: int) -> str | None:
    """Where "publish and continue" leads: the next thing of the filter, or the empty inbox."""
    if request.form.get("then") != "next":
        return None
    kind = chosen_kind()
    line = display.inbox(current_user).after(("topic", topic_id), kind)
    if line is None:
        return url_for("desk.inbox", kind=kind or None, done="answered")
    return thing_url(line.thing_kind, line.item.thing_id, "answered")


def _with_reply(form: TeamAnswerForm, topic: Any) -> str:
    chosen = request.form.get("reply", "")
    draft = SimpleNamespace(id=topic.id, topic=topic, text=form.text.data or "", chosen=chosen)
    return display.insert_reply(current_user, [draft])[topic.id]
