"""What the demo asks the database: where its own things are, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.accounts.models import Account
from app.accounts.rules import name_key, name_skeleton
from app.core.db import db
from app.core.jobs import Job
from app.forum.models import Board, Post, Topic
from app.knowledge.models import Article, Revision
from app.moderation.models import Appeal, Decision
from app.superusers.models import Standing


def any_topic() -> bool:
    return db.session.execute(select(Topic.id).limit(1)).first() is not None


def taken_names(names: Sequence[str]) -> str | None:
    """Whoever has, or could be taken for, one of these names; None where nobody has."""
    same = Account.name_key.in_([name_key(name) for name in names])
    alike = Account.name_skeleton.in_([name_skeleton(name) for name in names])
    return db.session.execute(select(Account.name).where(or_(same, alike)).limit(1)).scalar()


def taken_boards(slugs: Sequence[str]) -> str | None:
    return db.session.execute(select(Board.name).where(Board.slug.in_(slugs)).limit(1)).scalar()


def account_id(key: str) -> int | None:
    return db.session.execute(select(Account.id).filter_by(name_key=key)).scalar()


def topic_id(title: str, created_at: datetime) -> int | None:
    wanted = select(Topic.id).filter_by(title=title, created_at=created_at)
    return db.session.execute(wanted).scalar()


def post_id(topic_id: int, created_at: datetime) -> int | None:
    wanted = select(Post.id).filter_by(topic_id=topic_id, created_at=created_at)
    return db.session.execute(wanted).scalar()


def article_id(title: str) -> int | None:
    found = select(Article.id).join(Revision, Revision.article_id == Article.id)
    return db.session.execute(found.where(Revision.title == title)).scalar()


def newest_decision(post_id: int) -> int | None:
    wanted = select(Decision.id).filter_by(item_id=post_id).order_by(Decision.id.desc()).limit(1)
    return db.session.execute(wanted).scalar()


def appeal_id(post_id: int) -> int | None:
    """The objection about this post that waits."""
    wanted = select(Appeal.id).join(Decision, Decision.id == Appeal.decision_id)
    waiting = wanted.where(Decision.item_id == post_id, Appeal.outcome.is_(None))
    return db.session.execute(waiting).scalar()


def members_with_points() -> list[int]:
    return list(db.session.scalars(select(Standing.account_id).order_by(Standing.account_id)))


def everything() -> dict[str, list[int]]:
    """Ids of what has counters or can be found."""
    return {
        "topics": list(db.session.scalars(select(Topic.id).order_by(Topic.id))),
        "boards": list(db.session.scalars(select(Board.id).order_by(Board.id))),
        "accounts": list(db.session.scalars(select(Account.id).order_by(Account.id))),
        "articles": list(db.session.scalars(select(Article.id).order_by(Article.id))),
    }


def newest_job(name: str) -> Job | None:
    """The last job of this name, whatever became of it."""
    wanted = select(Job).filter_by(name=name).order_by(Job.id.desc()).limit(1)
    return db.session.execute(wanted.execution_options(populate_existing=True)).scalar()
