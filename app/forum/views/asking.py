"""Asking: the form, the preview, the new topic."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import writing
from app.core.errors import Refused
from app.core.locale import current_language
from app.core.text import TextError, render
from app.core.web.idempotency import once
from app.core.web.policy import policy
from app.forum import actions, queries
from app.forum.display import topic_url
from app.forum.forms import AskForm, split_tags
from app.forum.views.blueprint import bp


@bp.get("/topics/ask")
@policy(writing)
def ask() -> str:
    form = AskForm(queries.boards_for_posting(current_user))
    form.title.data = request.args.get("title", "")[:200].replace("\0", "")
    form.board.data = request.args.get("board", "") or _only_board(form)
    return _page(form)


@bp.post("/topics/ask", endpoint="ask_send")
@policy(writing)
def ask_send() -> Response | FlaskResponse:
    form = AskForm(queries.boards_for_posting(current_user))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(form, preview=form.html))
    if valid:
        try:
            return redirect(once(lambda: _publish(form)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(form), 422)


@bp.post("/topics/preview")
@policy(writing)
def preview() -> str:
    """The fragment that script shows beside the text."""
    try:
        html, error = render(request.form.get("text", "")), None
    except TextError as refused:
        html, error = None, str(refused.message)
    return render_template("forum/_preview.html", html=html, error=error)


def _publish(form: AskForm) -> str:
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
    return topic_url(post.topic_id, form.title.data or "") + "?done=asked"


def _only_board(form: AskForm) -> str:
    return next(iter(form.boards)) if len(form.boards) == 1 else ""


def _page(form: AskForm, preview: str | None = None) -> str:
    return render_template("forum/ask.html", form=form, preview=preview)
