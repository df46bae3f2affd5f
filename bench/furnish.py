"""What no archive brings along: articles, the team, and members who sign in and write.

Everything is made through the forum's own actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts import actions as accounts
from app.accounts.actor import Actor
from app.config import load
from app.core.db import db, transaction
from app.core.hashing import hash_password
from app.core.text import TextError, render
from app.forum.models import Acceptance, Post, Topic
from app.knowledge import actions as knowledge
from app.knowledge.actions.writing import Source

ARTICLES = 50
MEMBERS = 32
PASSWORD = "Viele-Wege-fuehren-hin-9"  # noqa: S105 — of accounts that live for minutes
AGENT = "agent@example.org"
_WRITER = "Redaktion_Messung"


@contextmanager
def started(env: Mapping[str, str]) -> Iterator[Flask]:
    """The forum in this process, with its files and connections closed at the end.

    Outside of an app context: a request inside of one would share its `g` with the next.
    """
    app = create_app(load(env))
    try:
        yield app
    finally:
        app.extensions["helferkreis.search"].close()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def opened(env: Mapping[str, str]) -> Iterator[Flask]:
    """The same inside of its app context."""
    with started(env) as app, app.app_context():
        yield app


def furnish(env: Mapping[str, str]) -> None:
    """Articles from solved topics, into the imported forum that is kept."""
    with opened(env):
        writer = _account(_WRITER, "redaktion@example.org", "agent", hash_password(PASSWORD))
        for row in _solved(ARTICLES):
            _article(writer, row)


def member_address(number: int) -> str:
    return f"messung{number}@example.org"


def settle() -> None:
    """The members and the agent who sign in; inside an app context."""
    hashed = hash_password(PASSWORD)
    _account("Messung_Team", AGENT, "agent", hashed)
    for number in range(MEMBERS):
        _account(f"Messung_{number}", member_address(number), "customer", hashed)


def _account(name: str, email: str, role: str, hashed: str) -> Actor:
    with transaction():
        account = accounts.create_account(
            name=name, email=email, password_hash=hashed, role=role, locale="de"
        )
    return Actor(id=account.id, name=account.name, role=account.role)


def _solved(limit: int) -> Sequence[Any]:
    return db.session.execute(
        select(Topic.id, Topic.title, Topic.language, Post.id.label("post_id"), Post.text)
        .join(Acceptance, Acceptance.topic_id == Topic.id)
        .join(Post, Post.id == Acceptance.post_id)
        .where(Topic.solved.is_(True), Post.format == "markdown", Post.state == "visible")
        .order_by(Topic.score.desc(), Topic.id)
        .limit(limit)
    ).all()


def _article(writer: Actor, row: Any) -> None:
    try:
        problem, solution = render(row.title), render(row.text)
    except TextError:  # an imported post may be longer than what people write
        return
    content = knowledge.Content(
        title=row.title[:200],
        problem=row.title,
        problem_html=problem,
        solution=row.text,
        solution_html=solution,
    )
    source = Source(topic_id=row.id, post_id=row.post_id, language=row.language)
    with transaction():
        article_id = knowledge.draft_article(writer, content, board=None, audience=0, source=source)
        knowledge.publish(writer, article_id)
