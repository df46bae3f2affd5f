"""Answering and commenting, with pages of their own for quotes, comments and corrections."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import writing
from app.core import slots
from app.core.errors import Refused
from app.core.rules import require
from app.core.text import plain
from app.core.web.idempotency import once
from app.core.web.limits import charge, limited
from app.core.web.policy import policy
from app.forum import actions, queries, rules
from app.forum.display import post_url, shown_post
from app.forum.forms import AnswerForm
from app.forum.limits import ANSWERING, WRITING_ANSWERS
from app.forum.queries.posts import PAGE
from app.forum.views.blueprint import bp
from app.forum.views.reading import topic_head

QUOTE_LENGTH = 1_500


@bp.post("/topics/<id:id>/posts")
@policy(writing)
@limited(WRITING_ANSWERS)
def post_answer(id: int) -> Response | FlaskResponse:
    topic = queries.topic_or_404(id, current_user)
    form = AnswerForm()
    if "insert" in request.form:
        form.text.data = _with_insertion(form, topic)
        return make_response(_page(form, topic))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(form, topic, preview=form.html))
    if valid:
        charge(ANSWERING)
        try:
            return redirect(once(lambda: _publish(form, topic)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(form, topic), 422)


@bp.get("/posts/<id:id>/quote")
@policy(writing)
def quote(id: int) -> str:
    post = queries.post_or_404(id, current_user)
    topic = queries.topic_or_404(post.topic_id, current_user)
    require(rules.can_answer(current_user, topic))
    form = AnswerForm()
    form.text.data = _quoted(post)
    return _page(form, topic, post=post, template="forum/quote.html")


@bp.get("/posts/<id:id>/comment")
@policy(writing)
def comment(id: int) -> str:
    post = queries.post_or_404(id, current_user)
    topic = queries.topic_or_404(post.topic_id, current_user)
    count = queries.count_comments(post.id)
    require(rules.can_comment(current_user, topic, post, comments=count))
    form = AnswerForm()
    form.parent.data = str(post.id)
    return _page(form, topic, post=post, template="forum/comment.html")


def _publish(form: AnswerForm, topic: Any) -> str:
    post = actions.post_answer(
        current_user,
        topic_id=topic.id,
        text=form.text.data or "",
        html=form.html,
        parent_id=form.parent_id,
    )
    if form.official.data and not form.parent_id and rules.may_speak_for_team(current_user, topic):
        actions.make_official(current_user, post_id=post.id)
    place = queries.root_position(post)
    done = "held" if post.state == "held" else "answered"
    return post_url(topic, post.id, place, page=PAGE, done=done)


def _with_insertion(form: AnswerForm, topic: Any) -> str:
    """What was typed, with what an upper feature adds to it when asked by the form's button."""
    draft = SimpleNamespace(
        id=topic.id, topic=topic, text=form.text.data or "", chosen=request.form.get("reply", "")
    )
    return str(slots.fill("answer.insert", current_user, [draft]).get(topic.id, [draft.text])[0])


def _quoted(post: Any) -> str:
    """The post's words as a Markdown quote, shortened, with room below for one's own."""
    words = plain(post.html)[:QUOTE_LENGTH].strip()
    lines = [f"> {line}".rstrip() for line in words.split("\n")]
    return f"> **@{post.author_name}**\n>\n" + "\n".join(lines) + "\n\n"


def _page(
    form: AnswerForm,
    topic: Any,
    *,
    post: Any = None,
    preview: str | None = None,
    template: str = "forum/post_answer.html",
) -> str:
    if post is None and form.parent_id:
        post = queries.visible_post(form.parent_id, current_user)
        template = "forum/comment.html"
    shown = shown_post(post, topic, current_user, accepted_id=None) if post else None
    return render_template(
        template,
        form=form,
        topic=topic_head(topic),
        post=shown,
        preview=preview,
        answer_tools=slots.fill("answer.tools", current_user, [topic]).get(topic.id, []),
        may_be_official=rules.may_speak_for_team(current_user, topic) and not form.parent_id,
    )
