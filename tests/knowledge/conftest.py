"""What the tests of the knowledge base share: a solved topic, and articles made by the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.jobs.runner import Runner
from app.core.text import render
from app.forum import actions as forum
from app.forum.models import Post
from app.knowledge import actions
from app.knowledge.actions import Content
from app.knowledge.models import Article, Suggestion
from tests import cast

PROBLEM = "Die Lampe blinkt rot."
SOLUTION = "1. Stecker ziehen.\n2. Zehn Sekunden warten."


def solved(title: str = "Wie starte ich den Router neu?", **columns: Any) -> Post:
    """A question of Karin whose answer by Tom she accepted, through the actions."""
    topic = cast.make_topic(title, **columns)
    answer = cast.make_post(topic, text=SOLUTION)
    karin = cast.actor("Karin")
    with transaction():
        forum.accept_answer(karin, post_id=answer.id)
    return answer


def suggestion(post: Post) -> Suggestion | None:
    db.session.rollback()
    return db.session.execute(select(Suggestion).filter_by(post_id=post.id)).scalar()


def content(title: str = "Router neu starten", **words: str) -> Content:
    problem, solution = words.get("problem", PROBLEM), words.get("solution", SOLUTION)
    return Content(
        title=title,
        problem=problem,
        problem_html=render(problem),
        solution=solution,
        solution_html=render(solution),
        valid_for=words.get("valid_for", "TalBox 7"),
        comment=words.get("comment", ""),
    )


def promoted(post: Post, by: str = "Anna", audience: int = 0, **words: str) -> Any:
    """A draft made of the suggestion of this post."""
    waiting = suggestion(post)
    assert waiting is not None
    actor, board = cast.actor(by), cast.board(words.pop("board", "internet"))
    with transaction():
        article_id = actions.promote_answer(
            actor, waiting.id, content(**words), board=board, audience=audience
        )
    return article(article_id)


def article(article_id: int) -> Any:
    """The columns as they are now; later changes do not reach into it."""
    db.session.rollback()
    columns = Article.__table__.columns
    return db.session.execute(select(*columns).where(Article.id == article_id)).one()


def published(post: Post, by: str = "Anna", audience: int = 0, **words: str) -> Any:
    draft = promoted(post, by, audience, **words)
    do(by, actions.publish, draft.id)
    return article(draft.id)


def written(title: str, by: str = "Anna", **words: str) -> int:
    """The id of an article that the team wrote without a topic, published."""
    board = cast.board(words.pop("board", "internet"))
    article_id = do(by, actions.draft_article, content(title, **words), board=board, audience=0)
    do(by, actions.publish, article_id)
    return int(article_id)


def do(name: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run an action as somebody, in a transaction."""
    actor = cast.actor(name)
    with transaction():
        return action(actor, *args, **kwargs)


def facts() -> list[str]:
    """The names of everything that was recorded, in order."""
    db.session.rollback()
    return list(db.session.execute(select(EventRow.name).order_by(EventRow.id)).scalars())


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """Run all jobs."""

    def drain() -> None:
        Runner(app).drain()
        db.session.rollback()
        db.session.expire_all()

    return drain


@pytest.fixture
def solution(app: Flask, work: Callable[[], None]) -> Post:
    """An accepted answer whose suggestion waits."""
    post = solved()
    work()
    return post


def url_of(row: Any) -> str:
    return f"/knowledge/{row.id}-router-neu-starten"
