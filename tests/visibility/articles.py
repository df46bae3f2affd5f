"""Needles in the knowledge base: articles of every audience and state, and a suggestion."""

from __future__ import annotations

from typing import Any

from app.core.db import db, transaction
from app.core.text import render
from app.forum.models import Post
from app.knowledge import actions, search
from app.knowledge.actions import Content
from app.knowledge.models import Suggestion
from tests import cast

COMMON = "gemeinsam"


def build(world: Any) -> None:
    for slug, (_name, audience, _posting) in cast.BOARDS.items():
        for state in ("draft", "review", "published", "archived"):
            seen_by = audience if state == "published" else cast.STAFF
            world.articles.append(_article(world, slug, audience, state, seen_by))
    world.articles.append(_changed(world))
    world.suggestions.append(_suggestion(world))


def index(article_ids: list[int]) -> None:
    search.update_index(article_ids)


def _article(world: Any, slug: str, audience: int, state: str, seen_by: int) -> int:
    what = f"{state} article in {slug}"
    words = [world.needle(f"{part} of a {what}", seen_by, "visible") for part in ("title", "text")]
    anna, board = cast.actor("Anna"), cast.board(slug)
    content = _content(*words)
    with transaction():
        article_id = actions.draft_article(anna, content, board=board, audience=audience)
        if state == "review":
            actions.submit_for_review(anna, article_id)
        elif state != "draft":
            actions.publish(anna, article_id)
        if state == "archived":
            actions.archive(anna, article_id)
    return article_id


def _changed(world: Any) -> int:
    """A published article whose newest words wait: readers have the old ones, staff both."""
    words = [
        world.needle(f"published {part}", cast.PUBLIC, "visible") for part in ("title", "text")
    ]
    new = [world.needle(f"unpublished {part}", cast.STAFF, "visible") for part in ("title", "text")]
    anna, board = cast.actor("Anna"), cast.board()
    old, newer = _content(*words), _content(*new)
    with transaction():
        article_id = actions.draft_article(anna, old, board=board, audience=cast.PUBLIC)
        actions.publish(anna, article_id)
        actions.revise_article(
            anna, article_id, newer, based_on=1, board=board, audience=cast.PUBLIC
        )
    return article_id


def _suggestion(world: Any) -> int:
    topic = cast.make_topic(f"Vorschlag {COMMON}", author="Karin", board_slug="team")
    word = world.needle("suggested answer in team", cast.STAFF, "visible")
    answer = cast.make_post(topic, author="Anna", text=f"{word} {COMMON}")
    cast.accept(answer)
    with transaction():
        actions.suggest_solution(topic.id)
    world.topics.append(topic)
    world.posts.append(db.session.get_one(Post, answer.id))
    return int(db.session.execute(db.select(Suggestion.id)).scalar_one())


def _content(title: str, text: str) -> Content:
    html = render(f"{text} {COMMON}")
    return Content(
        title=f"{title} {COMMON}",
        problem=f"{text} {COMMON}",
        problem_html=html,
        solution=f"{text} {COMMON}",
        solution_html=html,
    )
