"""What the API says about the whole forum: search over everything, and its own description."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from marshmallow import fields

from app.accounts.policies import everyone
from app.core.api import Choice, Digits, Input, Line, Output, ProgramBlueprint, described
from app.core.forms import one_line
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.forum.api import bp as forum
from app.forum.limits import SEARCHING
from app.forum.views.finding import QUERY_LENGTH
from app.forum.views.looking import find, shown
from app.knowledge.api import bp as knowledge

KINDS = ("topic", "article")
MOST = 100  # results of one answer

bp = ProgramBlueprint("api", __name__, description="Search, and this description")
PARTS = (bp, forum, knowledge)


class SearchQuery(Input):
    q = Line(most=QUERY_LENGTH, required=True)
    kind = Choice(KINDS, load_default=None)
    limit = Digits(least=1, most=MOST, load_default=20)


class Result(Output):
    kind = Choice(KINDS, required=True)
    id = fields.Integer(required=True)
    title = fields.String(required=True)
    url = fields.String(required=True)
    score = fields.Float(required=True)


class Results(Output):
    results = fields.List(fields.Nested(Result), required=True)


@bp.get("/search")
@policy(everyone)
@limited(SEARCHING)
@bp.arguments(SearchQuery, location="query")
@bp.response(200, Results)
def search(asked: dict[str, Any]) -> dict[str, Any]:
    """Topics and articles for these words, in the order of the search page.

    `score` lies between 0 and 1 and compares with no other search.
    """
    found = find(one_line(asked["q"]), asked["kind"])[: asked["limit"]]
    pages = shown(found, asked["q"])
    results = [
        {**page, "title": row.title, "id": hit.id, "score": hit.score}
        for (hit, row), page in zip(found, pages, strict=True)
    ]
    return {"results": results}


@bp.get("/openapi.json")
@policy(everyone)
@bp.response(200)
def openapi() -> dict[str, Any]:
    """This description."""
    return described(current_app._get_current_object(), PARTS)  # type: ignore[attr-defined]


def register_api(app: Flask) -> None:
    """Every part of the API."""
    for part in PARTS:
        app.register_blueprint(part)
