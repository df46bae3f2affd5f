"""Rows → what templates show: articles, their credit, and what the viewer may do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.accounts.display import Person, person
from app.accounts.models import SEEN_STATES
from app.core.figures import figure
from app.core.locale import current_language
from app.core.settings import load_settings
from app.core.text import excerpt, plain
from app.core.web.converters import slugged
from app.forum import queries as forum
from app.forum.display import topic_url
from app.knowledge import queries, rules

LEAD_LENGTH = 220
HELPED = "helped"  # core.figures: ids of the articles that helped most, best first (upkeep.py)
OFTEN = 4  # of them on the start page
NEW = 3


def article_url(row: Any) -> str:
    return url_for("knowledge.article", id=slugged(row.id, row.title))


def article_line(row: Any) -> dict[str, Any]:
    """One article in a list."""
    return {
        "id": row.id,
        "url": article_url(row),
        "title": row.title,
        "state": row.state,
        "language": row.language,
        "board_name": row.board_name,
        "valid_for": row.valid_for,
        "number": row.number,
        "reviewed_at": row.reviewed_at,
        "written_at": row.written_at,
        "in_review": row.review_asked_at is not None,
        "is_published": row.state == "published",
        "lead": excerpt(plain(getattr(row, "problem_html", "")), LEAD_LENGTH),
    }


def shown_article(row: Any, viewer: Actor) -> dict[str, Any]:
    """The whole article as its page shows it."""
    return {
        **article_line(row),
        "revision_id": row.revision_id,
        "problem_html": row.problem_html,
        "solution_html": row.solution_html,
        "audience": row.audience,
        "board": {"slug": row.board_slug, "name": row.board_name} if row.board_slug else None,
        "helpful_count": row.helpful_count,
        "unhelpful_count": row.unhelpful_count,
        "reviewer_name": row.reviewer_name,
        "credit": _credit(row),
        "topic": _source(row, viewer),
        "has_newer": row.current_revision_id not in (None, row.latest_revision_id),
        "is_newest": row.revision_id == row.latest_revision_id,
    }


def what_can(viewer: Actor, row: Any, *, by_another: bool) -> dict[str, Any]:
    """Verdicts for the strip that only staff see; `row` has the newest words."""
    return {
        "edit": rules.can_revise_article(viewer, row),
        "review": rules.can_send_to_review(viewer, row),
        "send_back": rules.can_send_back(viewer, row),
        "publish": rules.can_publish(viewer, row, written_by=row.written_by, by_another=by_another),
        "archive": rules.can_archive(viewer, row),
    }


def beside_topics(viewer: Actor, topics: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "topic.aside": the articles that were made from a topic."""
    boxes: dict[int, dict[str, Any]] = {}
    for row in queries.articles_of_topics(viewer, [topic.id for topic in topics]):
        box = boxes.setdefault(
            row.source_topic_id, {"template": "knowledge/_beside_topic.html", "articles": []}
        )
        box["articles"].append(article_line(row))
    return boxes


def at_desk(viewer: Actor, things: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "desk.thing": the solution that could become an article, or the text in review."""
    found: dict[int, dict[str, Any]] = {}
    for thing in things:
        if thing.kind == "suggestion":
            row = queries.suggestion_or_404(thing.id)
            url = url_for("knowledge_staff.promote", id=thing.id)
            template = "knowledge/_suggestion_at_desk.html"
            found[thing.id] = {"template": template, "suggestion": row, "url": url}
        elif thing.kind == "article":
            row = queries.article_or_404(thing.id, viewer, newest=True)
            url = f"{article_url(row)}?newest=1"
            by_another = load_settings().review_by_another
            found[thing.id] = {
                "template": "knowledge/_article_at_desk.html",
                "article": row,
                "url": url,
                "can": what_can(viewer, row, by_another=by_another),
            }
    return found


def on_home(viewer: Actor, things: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "home": the newest articles, and links to those that helped most."""
    helped: list[int] = figure(HELPED, [])
    language = current_language()
    rows = queries.home_articles(viewer, helped, NEW, language)
    if not rows:
        return {}
    by_id = {row.id: row for row in rows if row.language == language}
    piece = {
        "template": "knowledge/_new.html",
        "articles": [article_line(row) for row in rows[:NEW]],
        "often": [article_line(by_id[i]) for i in helped if i in by_id][:OFTEN],
    }
    return {thing.id: piece for thing in things}


def _credit(row: Any) -> Person | None:
    if row.credit_account_id is None or row.credit_state not in SEEN_STATES:
        return None
    return person(
        row.credit_name,
        role=row.credit_role,
        state=row.credit_state,
        name_de=row.name_de,
        name_en=row.name_en,
    )


def _source(row: Any, viewer: Actor) -> dict[str, str] | None:
    """The topic it came from, if this viewer may read it."""
    if row.source_topic_id is None:
        return None
    topic = forum.topics_by_ids(viewer, [row.source_topic_id]).get(row.source_topic_id)
    return {"title": topic.title, "url": topic_url(topic.id, topic.title)} if topic else None
