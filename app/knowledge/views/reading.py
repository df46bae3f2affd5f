"""What readers see: the list, the article, and "Did this help?"."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import everyone
from app.core.cache import cached
from app.core.db import transaction
from app.core.errors import N_, BadRequest
from app.core.locale import current_language
from app.core.numbers import ID_DIGITS, whole
from app.core.settings import load_settings
from app.core.web.limits import client_network, limited, try_spend
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.forum import queries as forum
from app.knowledge import actions, queries, rules
from app.knowledge.display import article_line, article_url, shown_article, what_can
from app.knowledge.limits import GUEST_ANSWER, RATING
from app.knowledge.views.blueprint import bp

BESIDE = 3


@bp.get("/knowledge")
@policy(everyone)
@cached("knowledge", query=("board", "after"))
def articles() -> str:
    slug = request.args.get("board", "")
    board: Any = forum.board_by_slug(slug, current_user) if slug else None
    rows, following = queries.list_articles(
        current_user,
        board_id=board.id if board else None,
        language=current_language(),
        after=cursor_from_request(),
    )
    kept: dict[str, Any] = {"board": slug} if board else {}
    page = Page(
        [article_line(row) for row in rows],
        url_for("knowledge.articles", **kept, after=cursor_text(following)) if following else None,
        url_for("knowledge.articles", **kept) if request.args.get("after") else None,
    )
    return render_template(
        "knowledge/articles.html",
        page=page,
        board=board,
        boards=queries.boards_with_articles(current_user),
    )


@bp.get("/knowledge/<slugged:id>")
@policy(everyone)
@cached("knowledge")
def article(id: int) -> str | Response:
    newest = current_user.is_staff and "newest" in request.args
    row = queries.article_or_404(id, current_user, newest=newest)
    if request.path != article_url(row):
        query = request.query_string.decode("ascii", "ignore")
        return redirect(article_url(row) + (f"?{query}" if query else ""), 301)
    return render_template(
        "knowledge/article.html",
        article=shown_article(row, current_user),
        answered=queries.feedback_of(current_user, row.revision_id),
        beside=_beside(row),
        may_rate=rules.can_rate_article(current_user, row),
        strip=_strip(row) if current_user.is_staff else None,
    )


@bp.post("/knowledge/<id:id>/feedback")
@policy(everyone)
@limited(RATING)
def rate(id: int) -> Response:
    """ "Did this help?" for guests too, without a cookie: their network answers once a day."""
    row = queries.article_or_404(id, current_user)
    revision_id, helpful = _revision_id(), request.form.get("helpful", "")
    if helpful not in ("yes", "no") or revision_id is None:
        raise BadRequest(N_("Please open the article again and choose yes or no."))
    if _counts(revision_id):
        with transaction():
            actions.rate_article(
                current_user, id, revision_id=revision_id, helpful=helpful == "yes"
            )
    return redirect(article_url(row) + "?done=rated#helped", 303)


def _beside(row: Any) -> list[dict[str, Any]]:
    """Other articles of its board."""
    found = queries.articles_beside(current_user, row, BESIDE) if row.board_id else []
    return [article_line(other) for other in found]


def _counts(revision_id: int) -> bool:
    """False for a guest's second answer of the day: it is thanked for, and not counted."""
    if current_user.is_authenticated:
        return True
    return try_spend(GUEST_ANSWER, f"{revision_id}:{client_network()}")


def _revision_id() -> int | None:
    return whole(request.form.get("revision"), ID_DIGITS)


def _strip(row: Any) -> dict[str, Any]:
    """What staff may do with the newest words."""
    newest = queries.article_or_404(row.id, current_user, newest=True)
    return {
        "can": what_can(current_user, newest, by_another=load_settings().review_by_another),
        "review": queries.latest_review(row.id),
        "number": newest.number,
        "written_at": newest.written_at,
    }
