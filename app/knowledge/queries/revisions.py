"""The history of an article; only staff ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import any_number, db
from app.knowledge.models import Review, Revision

PAGE = 30


def revisions_page(
    article_id: int, *, after: int | None = None
) -> tuple[Sequence[Any], int | None]:
    """One page, newest first, and the number after which the next begins."""
    statement = (
        select(
            Revision.id,
            Revision.number,
            Revision.comment,
            Revision.written_at,
            Revision.helpful_count,
            Revision.unhelpful_count,
            Account.name.label("writer_name"),
        )
        .join(Account, Account.id == Revision.written_by)
        .where(Revision.article_id == article_id)
    )
    if after is not None:
        statement = statement.where(Revision.number < any_number(after))
    rows = db.session.execute(statement.order_by(Revision.number.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None


def revision_of(article_id: int, number: int) -> Any | None:
    return db.session.execute(
        select(
            Revision.id,
            Revision.number,
            Revision.title,
            Revision.problem,
            Revision.solution,
            Revision.valid_for,
        ).where(Revision.article_id == article_id, Revision.number == number)
    ).first()


def reviews_of(revision_ids: Sequence[int]) -> Sequence[Any]:
    """The steps that these revisions went through, oldest first."""
    if not revision_ids:
        return []
    return db.session.execute(
        _reviews().where(Review.revision_id.in_(revision_ids)).order_by(Review.id)
    ).all()


def latest_review(article_id: int) -> Any | None:
    """The last step of the article."""
    latest = _reviews().where(Review.article_id == article_id).order_by(Review.id.desc()).limit(1)
    return db.session.execute(latest).first()


def _reviews() -> Any:
    return select(
        Review.revision_id,
        Review.verdict,
        Review.note,
        Review.decided_at,
        Account.name.label("reviewer_name"),
    ).join(Account, Account.id == Review.decided_by)
