"""Writing an article without a suggestion, changing one, and the list of what is in work."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff as staff_only
from app.core.errors import Forbidden, Refused
from app.core.rules import require
from app.core.settings import load_settings
from app.core.text.diff import changed_lines
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.forum import queries as forum
from app.knowledge import actions, queries, rules
from app.knowledge.actions import Content, StaleText
from app.knowledge.display import article_line, article_url
from app.knowledge.forms import ArticleForm
from app.knowledge.limits import CURATING
from app.knowledge.views.blueprint import staff


@staff.get("/knowledge/drafts")
@policy(staff_only)
def drafts() -> str:
    rows, following = queries.articles_in_work(current_user, after=cursor_from_request())
    page = Page(
        [article_line(row) for row in rows],
        url_for("knowledge_staff.drafts", after=cursor_text(following)) if following else None,
        url_for("knowledge_staff.drafts") if request.args.get("after") else None,
    )
    return render_template("knowledge/drafts.html", page=page)


@staff.get("/knowledge/new")
@policy(staff_only)
def new() -> str:
    form = ArticleForm(forum.visible_boards(current_user))
    form.audience.data = "0"
    return _page(form)


@staff.post("/knowledge/new", endpoint="new_send")
@policy(staff_only)
@limited(CURATING)
def new_send() -> Response | FlaskResponse:
    form = ArticleForm(forum.visible_boards(current_user))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(form, preview=rendered(form)))
    if valid:
        try:
            return redirect(once(lambda: _drafted(form)), 303)
        except (Refused, Forbidden) as error:
            refuse(form, error)
    return make_response(_page(form), 422)


@staff.get("/knowledge/<id:id>/edit")
@policy(staff_only)
def edit(id: int) -> str:
    article = queries.article_or_404(id, current_user, newest=True)
    require(rules.can_revise_article(current_user, article))
    form = ArticleForm(forum.visible_boards(current_user))
    for name in ("title", "problem", "solution", "valid_for"):
        form[name].data = getattr(article, name)
    form.board.data = article.board_slug or ""
    form.audience.data = str(article.audience)
    form.based_on.data = str(article.number)
    return _page(form, article=article)


@staff.post("/knowledge/<id:id>/edit", endpoint="edit_send")
@policy(staff_only)
@limited(CURATING)
def edit_send(id: int) -> Response | FlaskResponse:
    article = queries.article_or_404(id, current_user, newest=True)
    form = ArticleForm(forum.visible_boards(current_user))
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(form, article=article, preview=rendered(form)))
    if valid:
        try:
            return redirect(once(lambda: _revised(form, id)), 303)
        except StaleText as error:
            return _stale(form, id, error)
        except (Refused, Forbidden) as error:
            refuse(form, error)
    return make_response(_page(form, article=article), 422)


def content_of(form: ArticleForm) -> Content:
    return Content(
        title=form.title.data or "",
        problem=form.problem.data or "",
        problem_html=form.problem_html,
        solution=form.solution.data or "",
        solution_html=form.solution_html,
        valid_for=form.valid_for.data or "",
        comment=form.comment.data or "",
    )


def after_saving(article_id: int) -> str:
    """In the same transaction: go one step further if the pressed button says so; where that leads."""
    wish = request.form.get("then", "")
    done = "article_saved"
    if wish == "review":
        actions.submit_for_review(current_user, article_id)
        done = "article_asked"
    elif wish == "publish":
        by_another = load_settings().review_by_another
        actions.publish(current_user, article_id, by_another=by_another)
        done = "article_published"
    article = queries.article_or_404(article_id, current_user, newest=True)
    return article_url(article) + f"?newest=1&done={done}"


def refuse(form: ArticleForm, error: Refused | Forbidden) -> None:
    """A refusal keeps the page and everything that was typed."""
    field = error.field if isinstance(error, Refused) else None
    form.refuse(Refused(error.message, field=field, **error.values))


def rendered(form: ArticleForm) -> dict[str, str]:
    return {"problem": form.problem_html, "solution": form.solution_html}


def _drafted(form: ArticleForm) -> str:
    article_id = actions.draft_article(
        current_user,
        content_of(form),
        board=form.chosen_board,
        audience=form.chosen_audience,
    )
    return after_saving(article_id)


def _revised(form: ArticleForm, article_id: int) -> str:
    actions.revise_article(
        current_user,
        article_id,
        content_of(form),
        based_on=form.base_number,
        board=form.chosen_board,
        audience=form.chosen_audience,
    )
    return after_saving(article_id)


def _stale(form: ArticleForm, article_id: int, error: StaleText) -> FlaskResponse:
    """Both texts side by side; saving once more replaces the other's knowingly."""
    article = queries.article_or_404(article_id, current_user, newest=True)
    theirs = queries.content_of(article.revision_id)
    form.based_on.raw_data, form.based_on.data = None, str(article.number)
    form.form_errors.append(_(error.message))
    other = {
        "number": theirs.number,
        "writer_name": theirs.writer_name,
        "written_at": theirs.written_at,
        "title": theirs.title,
        "changes": {
            "problem": changed_lines(theirs.problem, form.problem.data or ""),
            "solution": changed_lines(theirs.solution, form.solution.data or ""),
        },
    }
    return make_response(_page(form, article=article, other=other), 409)


def _page(form: ArticleForm, *, article: Any = None, preview: Any = None, other: Any = None) -> str:
    shown = article_line(article) if article is not None else None
    return render_template(
        "knowledge/edit.html" if shown else "knowledge/new.html",
        form=form,
        article=shown,
        preview=preview,
        other=other,
    )
