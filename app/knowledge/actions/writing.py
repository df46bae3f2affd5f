"""Writing articles: a first revision, and every further one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict, Refused
from app.core.events import record
from app.core.rules import require
from app.core.text import PIPELINE_VERSION
from app.knowledge import queries, rules
from app.knowledge.events import ArticleNarrowed
from app.knowledge.models import Article, Revision

_WORDS = ("title", "problem", "solution", "valid_for")


@dataclass(frozen=True)
class Content:
    """The words of a revision; the HTML is core.text.render of them, made before the transaction."""

    title: str
    problem: str
    problem_html: str
    solution: str
    solution_html: str
    valid_for: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Source:
    """Where an article came from, and who gets the credit."""

    topic_id: int | None = None
    post_id: int | None = None
    credit_account_id: int | None = None
    language: str = "de"


class StaleText(Conflict):
    """Somebody else wrote a newer revision meanwhile; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Somebody else changed this article while you were writing. Please look at both texts."
            )
        )


def draft_article(
    actor: Actor, content: Content, *, board: Any, audience: int, source: Source | None = None
) -> int:
    """Write a new article, which only staff see until it is published; returns its id.

    `board` has id and audience, or is None. Raises Refused where the audience is too wide.
    """
    require(rules.can_edit_articles(actor))
    source = source or Source()
    refuse_too_public(audience, topic_audience=queries.basis_of(source.topic_id), board=board)
    article = Article(
        audience=audience,
        language=source.language,
        board_id=board.id if board else None,
        source_topic_id=source.topic_id,
        source_post_id=source.post_id,
        credit_account_id=source.credit_account_id,
        created_at=clock.now(),
    )
    db.session.add(article)
    db.session.flush()
    _add_revision(actor, article.id, 1, content)
    return article.id


def revise_article(
    actor: Actor, article_id: int, content: Content, *, based_on: int, board: Any, audience: int
) -> None:
    """Write the next revision. The same words again write nothing.

    Raises StaleText when `based_on` is not the number of the newest revision. Board and audience
    are the article's and take effect at once.
    """
    article = queries.article_to_change(article_id, actor)
    require(rules.can_revise_article(actor, article))
    refuse_too_public(
        audience, topic_audience=queries.basis_of(article.source_topic_id), board=board
    )
    is_same = all(getattr(article, name) == getattr(content, name) for name in _WORDS)
    if not is_same and based_on != article.number:
        raise StaleText()
    db.session.execute(
        update(Article)
        .where(Article.id == article_id)
        .values(audience=audience, board_id=board.id if board else None)
    )
    if not is_same:
        _add_revision(actor, article_id, article.number + 1, content)


def refuse_too_public(audience: int, *, topic_audience: int, board: Any) -> None:
    verdict = rules.can_have_audience(
        audience, topic_audience=topic_audience, board_audience=board.audience if board else 0
    )
    if not verdict:
        raise Refused(verdict.message, field="audience")


def narrow_articles(board_id: int, audience: int) -> None:
    """The house, when a board is for others: no article tells more people what its topic no longer
    tells them. For more people than before nothing opens by itself: the team decides that.
    """
    wider = queries.wider_articles(board_id, audience)
    if wider:
        db.session.execute(update(Article).where(Article.id.in_(wider)).values(audience=audience))
    for article_id in wider:
        record(ArticleNarrowed(article_id=article_id, audience=audience))


def _add_revision(actor: Actor, article_id: int, number: int, content: Content) -> None:
    revision = Revision(
        article_id=article_id,
        number=number,
        title=content.title,
        problem=content.problem,
        problem_html=content.problem_html,
        solution=content.solution,
        solution_html=content.solution_html,
        html_version=PIPELINE_VERSION,
        valid_for=content.valid_for,
        comment=content.comment,
        written_by=actor.account_id,
        written_at=clock.now(),
    )
    db.session.add(revision)
    db.session.flush()
    db.session.execute(
        update(Article).where(Article.id == article_id).values(latest_revision_id=revision.id)
    )
