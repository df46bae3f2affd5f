"""From a suggestion to an article: the list, the prefilled form, and "no"."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff as staff_only
from app.core import clock
from app.core.db import transaction
from app.core.errors import Forbidden, Refused
from app.core.text import excerpt, plain
from app.core.waiting import wait_between
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.forum import queries as forum
from app.forum.display import topic_url
from app.knowledge import actions, queries, rules
from app.knowledge.forms import ArticleForm, ReasonForm, shortened
from app.knowledge.limits import CURATING
from app.knowledge.models import TITLE_LENGTH
from app.knowledge.views.blueprint import staff
from app.knowledge.views.writing import after_saving, content_of, refuse, rendered

EXCERPT_LENGTH = 220


@staff.get("/knowledge/suggestions")
@policy(staff_only)
def suggestions() -> str:
    rows, following = queries.open_suggestions(after=cursor_from_request())
    page = Page(
        [_line(row) for row in rows],
        url_for("knowledge_staff.suggestions", after=cursor_text(following)) if following else None,
        url_for("knowledge_staff.suggestions") if request.args.get("after") else None,
    )
    return render_template("knowledge/suggestions.html", page=page)


@staff.get("/knowledge/suggestions/<id:id>/promote")
@policy(staff_only)
def promote(id: int) -> str:
    suggestion = queries.suggestion_or_404(id)
    return _page(suggestion, _prefilled(suggestion))


@staff.post("/knowledge/suggestions/<id:id>/promote", endpoint="promote_send")
@policy(staff_only)
@limited(CURATING)
def promote_send(id: int) -> Response | FlaskResponse:
    suggestion = queries.suggestion_or_404(id)
    form = ArticleForm(forum.visible_boards(current_user))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(suggestion, form, is_preview=True))
    if valid:
        try:
            return redirect(once(lambda: _promoted(form, id)), 303)
        except (Refused, Forbidden) as error:
            refuse(form, error)
    return make_response(_page(suggestion, form), 422)


@staff.post("/knowledge/suggestions/<id:id>/decline")
@policy(staff_only)
@limited(CURATING)
def decline(id: int) -> Response | FlaskResponse:
    form = ReasonForm()
    if not form.validate():
        suggestion = queries.suggestion_or_404(id)
        return make_response(_page(suggestion, _prefilled(suggestion), declining=form), 422)
    with transaction():
        actions.decline_suggestion(current_user, id, reason=form.reason.data or "")
    return redirect(url_for("knowledge_staff.suggestions", done="suggestion_declined"), 303)


def _promoted(form: ArticleForm, suggestion_id: int) -> str:
    article_id = actions.promote_answer(
        current_user,
        suggestion_id,
        content_of(form),
        board=form.chosen_board,
        audience=form.chosen_audience,
    )
    return after_saving(article_id)


def _prefilled(suggestion: Any) -> ArticleForm:
    """Question and answer as Markdown, ready to be shortened and freed of personal words."""
    form = ArticleForm(forum.visible_boards(current_user), formdata={})
    form.title.data = suggestion.topic_title[:TITLE_LENGTH]
    form.problem.data = _markdown(
        suggestion.question_text, suggestion.question_html, suggestion.question_format
    )
    form.solution.data = _markdown(suggestion.text, suggestion.html, suggestion.format)
    form.board.data = suggestion.board_slug
    form.audience.data = str(suggestion.topic_audience)
    return form


def _markdown(source: str, html: str, format: str) -> str:
    """The source where it is Markdown; of imported HTML its plain text."""
    return shortened(source if format == "markdown" else plain(html))


def _line(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.topic_title,
        "topic_url": topic_url(row.topic_id, row.topic_title),
        "url": url_for("knowledge_staff.promote", id=row.id),
        "author_name": row.author_name,
        "board_name": row.board_name,
        "wait": wait_between(row.suggested_at, clock.now()),
        "excerpt": excerpt(plain(row.html), EXCERPT_LENGTH),
    }


def _page(
    suggestion: Any,
    form: ArticleForm,
    *,
    declining: ReasonForm | None = None,
    is_preview: bool = False,
) -> str:
    article_id = queries.article_from(suggestion.post_id)
    return render_template(
        "knowledge/promote.html",
        suggestion={**_line(suggestion), "html": suggestion.html, "language": suggestion.language},
        verdict=rules.can_decide_on_suggestion(current_user, suggestion),
        article_url=url_for("knowledge.article", id=article_id) if article_id else None,
        form=form,
        declining=declining or ReasonForm(formdata={}),
        preview=rendered(form) if is_preview else None,
    )
