"""Home, boards, lists of topics, tags."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from app.accounts.policies import everyone
from app.core import clock, slots
from app.core.cache import cached
from app.core.errors import NotFound
from app.core.figures import figure
from app.core.web.paging import cursor_from_request
from app.core.web.policy import policy
from app.forum import queries
from app.forum.display import FIRST_ANSWER, topic_line
from app.forum.views.blueprint import bp, filter_from_request, page_of

HOME_TOPICS = 10
HOME_BOARDS = 9
NOTICE_DAYS = 7  # so long an announcement stands on the start page; a pinned one for longer
HOME = SimpleNamespace(id=0)  # the one thing that the slot "home" is asked for


@bp.get("/")
@policy(everyone)
@cached("lists", "people", "knowledge", query=("filter",))
def home() -> str:
    filter_ = filter_from_request()
    boards = [_card(board) for board in queries.visible_boards(current_user)]
    since = clock.now() - timedelta(days=NOTICE_DAYS)
    rows, notice = queries.home_topics(
        current_user, filter_, limit=HOME_TOPICS, notices_since=since
    )
    pieces = slots.fill("home", current_user, [HOME]).get(HOME.id, [])
    return render_template(
        "forum/home.html",
        boards=boards[:HOME_BOARDS],
        all_boards=len(boards),
        filter=filter_,
        topics=[topic_line(row, current_user) for row in rows],
        notice=topic_line(notice, current_user) if notice else None,
        counts={key: sum(b[key] for b in boards) for key in ("topics", "solved", "unsolved")},
        often=[link for piece in pieces for link in piece.get("often", ())],
        aside=[piece for piece in pieces if piece.get("template")],
        first_answer=figure(FIRST_ANSWER),
    )


@bp.get("/boards")
@policy(everyone)
@cached("lists")
def boards() -> str:
    shown = [_card(board) for board in queries.visible_boards(current_user)]
    return render_template("forum/boards.html", boards=shown)


@bp.get("/boards/<slug>")
@policy(everyone)
@cached("lists", query=("filter", "after"))
def board(slug: str) -> str:
    found: Any = queries.board_by_slug(slug, current_user)
    filter_ = filter_from_request()
    rows, following = queries.list_topics(
        current_user, filter_, board_id=found.id, after=cursor_from_request()
    )
    page = page_of(rows, following, "forum.board", slug=slug, filter=filter_)
    return render_template("forum/board.html", board=found, filter=filter_, page=page)


@bp.get("/topics")
@policy(everyone)
@cached("lists", query=("filter", "after"))
def topics() -> str:
    filter_ = filter_from_request()
    rows, following = queries.list_topics(current_user, filter_, after=cursor_from_request())
    page = page_of(rows, following, "forum.topics", filter=filter_)
    return render_template("forum/topics.html", filter=filter_, page=page)


@bp.get("/tags")
@policy(everyone)
@cached("lists")
def tags() -> str:
    shown = [
        {
            "name": row.name,
            "url": url_for("forum.tag", tag=row.name),
            "topics_count": row.topics_count,
        }
        for row in queries.tags_in_use(current_user)
    ]
    return render_template("forum/tags.html", tags=shown)


@bp.get("/tags/<tag>")
@policy(everyone)
@cached("lists", query=("after",))
def tag(tag: str) -> str:
    if "\0" in tag:
        raise NotFound()
    rows, following = queries.topics_with_tag(current_user, tag, after=cursor_from_request())
    return render_template(
        "forum/tag.html", tag=tag, page=page_of(rows, following, "forum.tag", tag=tag)
    )


def _card(board: Any) -> dict[str, Any]:
    """A board with its figures; the share of solved questions only where some are solved."""
    asked = board.questions_count
    return {
        "slug": board.slug,
        "name": board.name,
        "description": board.description,
        "icon": board.icon,
        "topics": board.topics_count,
        "topics_count": board.topics_count,
        "solved": board.solved_count,
        "unsolved": asked - board.solved_count,
        "solved_share": round(100 * board.solved_count / asked) if board.solved_count else None,
    }
