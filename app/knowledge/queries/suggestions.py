"""Suggestions and what they rest on: a visible solution of a visible topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import Acceptance, Board, Post, Topic
from app.knowledge.models import Article, Suggestion

PAGE = 30

_Question = aliased(Post)


def open_suggestions(
    *, after: tuple[int, ...] | None = None, limit: int = PAGE
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """One page, oldest first: who has waited longest comes first."""
    statement = _suggestions(Post.html).where(Suggestion.state == "open")
    if after is not None:
        statement = statement.where(Suggestion.id > after[0])
    rows = db.session.execute(statement.order_by(Suggestion.id).limit(limit + 1)).all()
    return rows[:limit], (rows[limit - 1].id,) if len(rows) > limit else None


def suggestion_or_404(suggestion_id: int) -> Any:
    """With question and answer in full, for the page where an article is made of them."""
    statement = (
        _suggestions(
            Post.text,
            Post.html,
            Post.format,
            Post.source,
            _Question.text.label("question_text"),
            _Question.html.label("question_html"),
            _Question.format.label("question_format"),
        )
        .join(_Question, (_Question.topic_id == Topic.id) & (_Question.position == 1))
        .where(Suggestion.id == suggestion_id)
    )
    found = db.session.execute(statement).first()
    if found is None:
        raise NotFound()
    return found


def suggestion_to_decide(suggestion_id: int) -> Any:
    """Its row is locked until the transaction ends."""
    statement = _suggestions().where(Suggestion.id == suggestion_id).with_for_update(of=Suggestion)
    found = db.session.execute(statement).first()
    if found is None:
        raise NotFound()
    return found


def suggestions_of_topic(topic_id: int) -> Sequence[Suggestion]:
    """All of a topic, as rows to change."""
    return db.session.execute(select(Suggestion).filter_by(topic_id=topic_id)).scalars().all()


def solution_in(topic_id: int) -> int | None:
    """The post that is the solution of this topic and that everybody of the audience can see."""
    return db.session.execute(
        select(Post.id)
        .join(Acceptance, Acceptance.post_id == Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Topic.id == topic_id, Topic.state == "visible", Post.state == "visible")
        .where(Acceptance.position == 1)
    ).scalar()


def basis_of(topic_id: int | None) -> int:
    """The audience of the topic that an article came from; public where there is none.

    It stays so until the transaction ends.
    """
    if topic_id is None:
        return 0
    wanted = select(Topic.audience).filter_by(id=topic_id).with_for_update(read=True)
    return int(db.session.execute(wanted).scalar_one())


def article_from(post_id: int) -> int | None:
    """The article that was made of this answer."""
    return db.session.execute(select(Article.id).filter_by(source_post_id=post_id)).scalar()


def _suggestions(*more: Any) -> Any:
    return (
        select(
            Suggestion.id,
            Suggestion.state,
            Suggestion.suggested_at,
            Suggestion.topic_id,
            Suggestion.post_id,
            Topic.title.label("topic_title"),
            Topic.audience.label("topic_audience"),
            Topic.language,
            Topic.board_id,
            Board.slug.label("board_slug"),
            Board.name.label("board_name"),
            Post.author_id,
            Account.name.label("author_name"),
            *more,
        )
        .join(Topic, Topic.id == Suggestion.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .join(Post, Post.id == Suggestion.post_id)
        .join(Account, Account.id == Post.author_id)
        .where(Topic.state != "removed", Post.state != "removed")
    )
