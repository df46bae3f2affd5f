"""Asking: answers that are there already, the form, the preview, the new topic."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import writing
from app.core import slots
from app.core.db import transaction
from app.core.errors import NotFound, Refused
from app.core.figures import figure
from app.core.forms import one_line
from app.core.locale import current_language
from app.core.numbers import ID_DIGITS, whole
from app.core.search import searchable
from app.core.text import TextError, render
from app.core.web.idempotency import once
from app.core.web.limits import charge, limited, try_spend
from app.core.web.policy import policy
from app.forum import actions, queries
from app.forum.display import FIRST_ANSWER, topic_url
from app.forum.forms import TITLE_MAX, AskForm, split_tags
from app.forum.limits import ASKING, DECIDING, LOOK_UPS, PREVIEWING, SUGGESTING, WRITING_QUESTIONS
from app.forum.views.blueprint import bp

ANSWERS_FROM = 8  # characters of the title; less says nothing yet
MAX_ANSWERS = 5


@bp.get("/topics/ask")
@policy(writing)
@limited(SUGGESTING)
def ask() -> str:
    form = AskForm(queries.boards_for_posting(current_user))
    form.title.data = one_line(request.args.get("title", ""))[:TITLE_MAX]
    form.board.data = request.args.get("board", "") or _only_board(form)
    return _page(form, is_first_step=not form.title.data)


@bp.post("/topics/ask", endpoint="ask_send")
@policy(writing)
@limited(WRITING_QUESTIONS)
def ask_send() -> Response | FlaskResponse:
    form = AskForm(queries.boards_for_posting(current_user))
    if "continue" in request.form:
        return _second_step(form)
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(form, preview=form.html))
    if valid:
        charge(ASKING)
        try:
            return redirect(once(lambda: _publish(form)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(form), 422)


@bp.get("/topics/ask/answers")
@policy(writing)
@limited(SUGGESTING)
def ask_answers() -> str:
    """The fragment under the title while somebody types."""
    title = one_line(request.args.get("title", ""))[:TITLE_MAX]
    return render_template("forum/_ask_answers.html", answers=_answers(title), title=title)


@bp.post("/topics/ask/solved")
@policy(writing)
@limited(DECIDING)
def ask_solved() -> Response:
    """One of the answers solved it: count that, without the person, and lead there."""
    kind, thing_id = _named(request.form.get("solved", ""))
    readable = searchable()[kind].readable(current_user, [thing_id])
    if thing_id not in readable:
        raise NotFound()
    hit = searchable()[kind].hits(current_user, [readable[thing_id]], "")[thing_id]
    title = one_line(request.form.get("title", ""))[:TITLE_MAX]
    with transaction():
        actions.solve_while_asking(current_user, kind=kind, thing_id=thing_id, title=title)
    return redirect(f"{hit['url']}?done=solved_while_asking", 303)


def _second_step(form: AskForm) -> FlaskResponse:
    """Without script: the title is there, now likely answers and the rest of the form."""
    is_readable = form.title.validate(form)
    return make_response(_page(form, is_first_step=not is_readable), 200 if is_readable else 422)


def _answers(title: str) -> list[dict[str, Any]]:
    """What wiring.SLOTS["ask.answers"] knows about this title: articles first."""
    if len(title) < ANSWERS_FROM or not try_spend(LOOK_UPS, f"account:{current_user.id}"):
        return []
    asked = SimpleNamespace(id=0, title=title)
    lists = slots.fill("ask.answers", current_user, [asked]).get(0, [])
    return [answer for answers in lists for answer in answers][:MAX_ANSWERS]


def _named(value: str) -> tuple[str, int]:
    """ "article:12" → its kind and id; a kind that nobody knows is an unknown page."""
    kind, _, number = value.partition(":")
    thing_id = whole(number, ID_DIGITS)
    if kind not in searchable() or thing_id is None:
        raise NotFound()
    return kind, thing_id


@bp.post("/topics/preview")
@policy(writing)
@limited(PREVIEWING)
def preview() -> str:
    """The fragment that script shows beside the text; `field` names another one than `text`."""
    source = request.form.get(request.args.get("field", "text"), "")
    try:
        html, error = render(source), None
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
    done = "held" if queries.topic_or_404(post.topic_id, current_user).state == "held" else "asked"
    return topic_url(post.topic_id, form.title.data or "") + f"?done={done}"


def _only_board(form: AskForm) -> str:
    return next(iter(form.boards)) if len(form.boards) == 1 else ""


def _page(form: AskForm, preview: str | None = None, *, is_first_step: bool = False) -> str:
    title = form.title.data or ""
    return render_template(
        "forum/ask.html",
        form=form,
        preview=preview,
        title=title,
        answers=[] if is_first_step else _answers(title),
        is_first_step=is_first_step,
        first_answer=figure(FIRST_ANSWER),
    )
