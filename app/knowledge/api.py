"""Articles for programs: what readers see."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user
from marshmallow import fields

from app.accounts.policies import everyone
from app.core.api import Line, Moment, Output, Paged, ProgramBlueprint
from app.core.web.paging import cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.forum import queries as forum
from app.knowledge import queries
from app.knowledge.display import article_line, shown_article

bp = ProgramBlueprint("knowledge_api", __name__, description="The knowledge base")


class ArticlesQuery(Paged):
    board = Line(most=80, load_default=None)


class Place(Output):
    slug = fields.String(required=True)
    name = fields.String(required=True)


class Helper(Output):
    name = fields.String(required=True)
    url = fields.String(required=True)


class Source(Output):
    title = fields.String(required=True)
    url = fields.String(required=True)


class Article(Output):
    id = fields.Integer(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    language = fields.String(required=True)
    valid_for = fields.String(required=True)
    lead = fields.String(required=True)
    reviewed_at = Moment(required=True, allow_none=True)


class Articles(Output):
    items = fields.List(fields.Nested(Article), required=True)
    next = fields.String(required=True, allow_none=True)


class WholeArticle(Article):
    board = fields.Nested(Place, required=True, allow_none=True)
    problem_html = fields.String(required=True)
    solution_html = fields.String(required=True)
    helpful_count = fields.Integer(required=True)
    credit = fields.Nested(Helper, required=True, allow_none=True)
    topic = fields.Nested(Source, required=True, allow_none=True)


@bp.get("/articles")
@policy(everyone)
@bp.arguments(ArticlesQuery, location="query")
@bp.response(200, Articles)
def articles(asked: dict[str, Any]) -> dict[str, Any]:
    """A page of published articles, newest first; `next` is the address of the following one."""
    board: Any = forum.board_by_slug(asked["board"], current_user) if asked["board"] else None
    rows, following = queries.list_articles(
        current_user, board_id=board.id if board else None, after=cursor_from_request()
    )
    again = {**asked, "after": cursor_text(following)} if following else None
    return {
        "items": [article_line(row) for row in rows],
        "next": url_for("knowledge_api.articles", **again) if again else None,
    }


@bp.get("/articles/<id:id>")
@policy(everyone)
@bp.response(200, WholeArticle)
def article(id: int) -> dict[str, Any]:
    """One article; the team sees those that are not published yet as well."""
    return shown_article(queries.article_or_404(id, current_user), current_user)
