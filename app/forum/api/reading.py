"""Lists of topics, and one topic with its posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_login import current_user

from app.accounts.policies import everyone
from app.core.web.paging import cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.forum import queries
from app.forum.api.blueprint import bp
from app.forum.api.schemas import PostsQuery, Topics, TopicsQuery, WholeTopic
from app.forum.api.shown import shown_post, shown_topic


@bp.get("/topics")
@policy(everyone)
@bp.arguments(TopicsQuery, location="query")
@bp.response(200, Topics)
def topics(asked: dict[str, Any]) -> dict[str, Any]:
    """A page of topics; `next` is the address of the following one."""
    board: Any = queries.board_by_slug(asked["board"], current_user) if asked["board"] else None
    rows, following = queries.list_topics(
        current_user,
        asked["filter"],
        after=cursor_from_request(),
        board_id=board.id if board else None,
        tag=asked["tag"].lower() if asked["tag"] else None,
        limit=asked["limit"],
    )
    again = {**asked, "after": cursor_text(following)} if following else None
    return {
        "items": [shown_topic(row) for row in rows],
        "next": url_for("forum_api.topics", **again) if again else None,
    }


@bp.get("/topics/<id:id>")
@policy(everyone)
@bp.arguments(PostsQuery, location="query")
@bp.response(200, WholeTopic)
def topic(asked: dict[str, Any], id: int) -> dict[str, Any]:
    """A topic with its question, its solution and a page of posts, each followed by its comments."""
    row = queries.topic_or_404(id, current_user)
    start = asked["start"]
    rows, following, _before = queries.page_of_posts(id, current_user, start=start)
    question, solution = queries.opening_of(id, current_user)
    posts = rows if start else [question, *rows]
    return {
        **shown_topic(row),
        "tags": queries.tags_of(id),
        "accepted_post_id": solution.id if solution else None,
        "posts": _with_comments([post for post in posts if post is not None]),
        "next": _next_posts(id, following) if following else None,
    }


def _next_posts(topic_id: int, start: int) -> str:
    values: dict[str, Any] = {"from": start}
    return url_for("forum_api.topic", id=topic_id, **values)


def _with_comments(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Only what the reader may read: no places of hidden posts, nothing below them."""
    readable = [row for row in rows if row.html is not None]
    comments = queries.comments_of([row.id for row in readable], current_user)
    return [
        shown_post(post)
        for row in readable
        for post in (row, *(c for c in comments if c.parent_id == row.id and c.html is not None))
    ]
