"""What the tests of notifications share: posts made through the actions, and the worker."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import db, transaction
from app.core.jobs.runner import Runner
from app.core.text import render
from app.forum import actions
from app.forum.models import Post
from app.notifications.models import Notification
from tests import cast


def ask(author: str = "Karin", board: str = "internet", text: str = "Was tun?") -> Post:
    person, home = cast.actor(author), cast.board(board)
    with transaction():
        return actions.ask(
            person, board=home, html=render(text), kind="question", title="Router rot", text=text
        )


def answer(question: Post, author: str = "Tom", text: str = "Neu starten.") -> Post:
    person, html = cast.actor(author), render(text)
    with transaction():
        return actions.post_answer(person, topic_id=question.topic_id, text=text, html=html)


def comment(on: Post, author: str, text: str = "Danke.") -> Post:
    person, html = cast.actor(author), render(text)
    with transaction():
        return actions.post_answer(
            person, topic_id=on.topic_id, text=text, html=html, parent_id=on.id
        )


def accept(post: Post, by: str = "Karin") -> None:
    person = cast.actor(by)
    with transaction():
        actions.accept_answer(person, post_id=post.id)


def watch(question: Post, *names: str) -> None:
    for name in names:
        person = cast.actor(name)
        with transaction():
            actions.watch(person, topic_id=question.topic_id)


def unread(name: str) -> int:
    db.session.rollback()
    return int(db.session.scalars(select(Account.unread_count).filter_by(name=name)).one())


def told(post: Post) -> set[tuple[str, str]]:
    """Who was told of a post, and as what."""
    db.session.rollback()
    rows = db.session.execute(
        select(Account.name, Notification.kind)
        .join(Notification, Notification.account_id == Account.id)
        .where(Notification.post_id == post.id)
    )
    return {(row.name, row.kind) for row in rows}


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """Run all jobs."""

    def drain() -> None:
        Runner(app).drain()
        db.session.rollback()
        db.session.expire_all()

    return drain


@pytest.fixture
def mails(
    work: Callable[[], None], outbox: Callable[[], list[EmailMessage]]
) -> Callable[[], list[tuple[str, str]]]:
    """Run all jobs; then (recipient, text) of every mail that left so far."""

    def drained() -> list[tuple[str, str]]:
        work()
        found = []
        for mail in outbox():
            body = mail.get_body(("plain",))
            assert body is not None
            found.append((str(mail["To"]), f"{mail['Subject']}\n{body.get_content()}"))
        return found

    return drained
