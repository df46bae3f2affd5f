"""The topic page, and the way from a post's own address to its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import everyone
from app.core import slots
from app.core.cache import cached
from app.core.numbers import whole
from app.core.settings import load_settings
from app.core.web.converters import slugged
from app.core.web.policy import policy
from app.forum import queries, rules
from app.forum.display import (
    Around,
    ShownPost,
    post_url,
    shown_post,
    status_of,
    topic_line,
    topic_url,
)
from app.forum.forms import AnswerForm
from app.forum.queries.posts import PAGE
from app.forum.views.blueprint import bp


@bp.get("/topics/<slugged:id>")
@policy(everyone)
@cached("concealed", by="topic", query=("from",))
def topic(id: int) -> str | Response:
    row = queries.topic_or_404(id, current_user)
    if not _has_right_slug(row):
        return redirect(_with_query(topic_url(row.id, row.title)), 301)
    return render_topic(row)


@bp.get("/posts/<id:id>")
@policy(everyone)
def post(id: int) -> Response:
    found = queries.post_or_404(id, current_user)
    place = queries.root_position(found)
    shown_in = SimpleNamespace(id=found.topic_id, title=found.topic_title)
    done = request.args.get("done")
    return redirect(post_url(shown_in, id, place, page=PAGE, done=done), 302)


def render_topic(row: Any) -> str:
    start = _start()
    rows, following, previous = queries.page_of_posts(row.id, current_user, start=start)
    question, solution = queries.opening_of(row.id, current_user)
    posts = _with_comments([p for p in (question, solution) if p] + list(rows), row, solution)
    can_answer = bool(rules.can_answer(current_user, row))
    return render_template(
        "forum/topic.html",
        topic=topic_head(row, solution),
        around=_around(row, solution, rows),
        question=posts.get(question.id) if question and not start else None,
        solution=posts.get(solution.id) if solution and not start else None,
        answers=[posts[r.id] for r in rows],
        form=AnswerForm(),
        can={
            "answer": can_answer,
            "watch": bool(rules.can_watch(current_user, row)),
        },
        page=_page(row, rows, following, previous),
        similar=[topic_line(t, current_user) for t in queries.similar_topics(row.id, current_user)],
        strip=slots.fill("topic.strip", current_user, [row]).get(row.id, []),
        answer_tools=_answer_tools(row) if can_answer else [],
        may_be_official=rules.may_speak_for_team(current_user, row),
        slots=slots.fill("topic.aside", current_user, [row]).get(row.id, []),
    )


def _answer_tools(row: Any) -> list[Any]:
    return slots.fill("answer.tools", current_user, [row]).get(row.id, [])


def topic_head(row: Any, solution: Any = None) -> dict[str, Any]:
    """What the page says about the topic itself."""
    return {
        **row._mapping,
        "url": topic_url(row.id, row.title),
        "status": status_of(row, current_user),
        "board": {"slug": row.board_slug, "name": row.board_name},
        "tags": queries.tags_in(row),
        "closure": queries.closure_of(row.id) if row.closed else None,
        "solved_by": solution.accepted_by_name if solution else None,
        "solved_at": solution.accepted_at if solution else None,
    }


def _around(row: Any, solution: Any, rows: Sequence[Any]) -> Around:
    return Around(
        kind=row.kind,
        language=row.language,
        author_name=row.author_name,
        solved_by=solution.accepted_by_name if solution else None,
        solved_at=solution.accepted_at if solution else None,
        solution_has_place=solution is not None and any(p.id == solution.id for p in rows),
        company=load_settings().company,
    )


def _with_comments(rows: Sequence[Any], topic_row: Any, solution: Any) -> dict[int, ShownPost]:
    readable = [row.id for row in rows if row.html is not None]
    comments: dict[int, list[Any]] = defaultdict(list)
    for comment in queries.comments_of(readable, current_user):
        comments[comment.parent_id].append(comment)
    accepted_id = solution.id if solution else None
    below = [comment for under in comments.values() for comment in under]
    viewer = current_user._get_current_object()  # asked for every post
    things = {row.id: row for row in [*rows, *below]}  # the solution is among its page's rows again
    actions = slots.fill("post.actions", viewer, list(things.values()))
    return {
        row.id: shown_post(
            row,
            topic_row,
            viewer,
            accepted_id=accepted_id,
            comments=comments[row.id],
            actions=actions,
        )
        for row in rows
    }


def _page(
    topic_row: Any, rows: Sequence[Any], following: int | None, previous: int | None
) -> dict[str, Any]:
    def url(start: int) -> str:
        values: dict[str, Any] = {"from": start} if start else {}
        return url_for("forum.topic", id=slugged(topic_row.id, topic_row.title), **values)

    return {
        "next": url(following) if following is not None else None,
        "previous": url(previous) if previous is not None else None,
        "first": rows[0].position if rows else 0,
        "last": rows[-1].position if rows else 0,
    }


def _start() -> int:
    return whole(request.args.get("from")) or 0


def _has_right_slug(row: Any) -> bool:
    return request.path.rsplit("/", 1)[-1] == slugged(row.id, row.title)


def _with_query(url: str) -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{url}?{query}" if query else url
