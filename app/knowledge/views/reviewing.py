"""One-button steps of an article: to review, back, published, archived."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff as staff_only
from app.core.db import transaction
from app.core.rules import require
from app.core.settings import load_settings
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.knowledge import actions, queries, rules
from app.knowledge.display import article_line, article_url
from app.knowledge.forms import ReasonForm
from app.knowledge.limits import CURATING
from app.knowledge.views.blueprint import staff


@staff.post("/knowledge/<id:id>/review")
@policy(staff_only)
@limited(CURATING)
def review(id: int) -> Response:
    with transaction():
        actions.submit_for_review(current_user, id)
    return _to_article(id, "article_asked")


@staff.post("/knowledge/<id:id>/publish")
@policy(staff_only)
@limited(CURATING)
def publish(id: int) -> Response:
    with transaction():
        actions.publish(current_user, id, by_another=load_settings().review_by_another)
    return _to_article(id, "article_published")


@staff.get("/knowledge/<id:id>/return")
@policy(staff_only)
def send_back(id: int) -> str:
    article = queries.article_or_404(id, current_user, newest=True)
    require(rules.can_send_back(current_user, article))
    return _page("knowledge/send_back.html", id, ReasonForm())


@staff.post("/knowledge/<id:id>/return", endpoint="send_back_send")
@policy(staff_only)
@limited(CURATING)
def send_back_send(id: int) -> Response | FlaskResponse:
    form = ReasonForm()
    if not form.validate():
        return make_response(_page("knowledge/send_back.html", id, form), 422)
    with transaction():
        actions.send_back(current_user, id, note=form.reason.data or "")
    return _to_article(id, "article_returned")


@staff.get("/knowledge/<id:id>/archive")
@policy(staff_only)
def archive(id: int) -> str:
    article = queries.article_or_404(id, current_user, newest=True)
    require(rules.can_archive(current_user, article))
    return _page("knowledge/archive.html", id, ReasonForm())


@staff.post("/knowledge/<id:id>/archive", endpoint="archive_send")
@policy(staff_only)
@limited(CURATING)
def archive_send(id: int) -> Response | FlaskResponse:
    form = ReasonForm()
    if not form.validate():
        return make_response(_page("knowledge/archive.html", id, form), 422)
    with transaction():
        actions.archive(current_user, id, note=form.reason.data or "")
    return _to_article(id, "article_archived")


def _page(template: str, article_id: int, form: ReasonForm) -> str:
    article = queries.article_or_404(article_id, current_user, newest=True)
    return render_template(template, article=article_line(article), form=form)


def _to_article(article_id: int, done: str) -> Response:
    article = queries.article_or_404(article_id, current_user, newest=True)
    return redirect(f"{article_url(article)}?newest=1&done={done}", 303)
