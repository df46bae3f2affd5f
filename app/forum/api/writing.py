"""Asking and answering."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.accounts.policies import writing_program
from app.core.api import SIGNED_IN, WrongFields
from app.core.errors import N_, Refused
from app.core.forms import AppForm
from app.core.locale import current_language
from app.core.web.idempotency import once
from app.core.web.limits import charge, limited
from app.core.web.policy import policy
from app.forum import actions, queries
from app.forum.api.blueprint import bp
from app.forum.api.schemas import NewPost, NewTopic, Published
from app.forum.display import topic_url
from app.forum.forms import AnswerForm, AskForm, split_tags
from app.forum.limits import ANSWERING, ASKING, WRITING_ANSWERS, WRITING_QUESTIONS

SEPARATORS = ",;\n"  # between tags in the page's one field


@bp.post("/topics")
@policy(writing_program)
@limited(WRITING_QUESTIONS)
@bp.arguments(NewTopic)
@bp.response(201, Published)
@bp.doc(security=SIGNED_IN)
def ask(sent: dict[str, Any]) -> Any:
    """Open a topic."""
    if sent["product"]:
        raise Refused(
            N_("There are no products in this forum yet. Please leave this field out."),
            field="product",
        )
    if any(separator in tag for tag in sent["tags"] for separator in SEPARATORS):
        raise Refused(
            N_("A tag has no comma; please send each as an entry of its own."), field="tags"
        )
    typed = {**sent, "tags": ", ".join(sent["tags"])}
    form = AskForm(queries.boards_for_posting(current_user), formdata=_as_form(typed))
    _check(form)
    charge(ASKING)
    return json.loads(once(lambda: json.dumps(_ask(form))))


@bp.post("/topics/<id:id>/posts")
@policy(writing_program)
@limited(WRITING_ANSWERS)
@bp.arguments(NewPost)
@bp.response(201, Published)
@bp.doc(security=SIGNED_IN)
def post_answer(sent: dict[str, Any], id: int) -> Any:
    """Answer a topic, or comment on one of its posts."""
    queries.topic_or_404(id, current_user)
    form = AnswerForm(formdata=_as_form({"text": sent["text"], "parent": sent["parent"] or ""}))
    _check(form)
    charge(ANSWERING)
    return json.loads(once(lambda: json.dumps(_answer(form, id))))


def _ask(form: AskForm) -> dict[str, Any]:
    post = actions.ask(
        current_user,
        board=form.chosen_board,
        kind=form.kind.data,
        title=form.title.data or "",
        text=form.text.data or "",
        html=form.html,
        tags=split_tags(form.tags.data),
        language=current_language(),
    )
    topic = queries.topic_or_404(post.topic_id, current_user)
    return {"id": topic.id, "url": topic_url(topic.id, topic.title), "state": topic.state}


def _answer(form: AnswerForm, topic_id: int) -> dict[str, Any]:
    post = actions.post_answer(
        current_user,
        topic_id=topic_id,
        text=form.text.data or "",
        html=form.html,
        parent_id=form.parent_id,
    )
    return {"id": post.id, "url": url_for("forum.post", id=post.id), "state": post.state}


def _as_form(sent: Mapping[str, Any]) -> MultiDict[str, str]:
    """What was sent as the page's own form would have it: one place checks texts, titles, tags."""
    return MultiDict((name, str(value)) for name, value in sent.items() if value is not None)


def _check(form: AppForm) -> None:
    if not form.validate():
        raise WrongFields(
            {name or "": [str(text) for text in texts] for name, texts in form.errors.items()}
        )
