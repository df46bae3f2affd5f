"""What the tests of the programme share: thanks given through the forum's actions, the ladder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account, Rank
from app.core import clock
from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.jobs.runner import Runner
from app.forum import actions as forum
from app.forum.models import Post
from app.superusers import actions
from app.superusers.models import Nomination, PointEntry, RankCriteria, Standing, Term
from tests import cast


def vote(name: str, post: Post) -> None:
    person = cast.actor(name)
    with transaction():
        forum.vote(person, post_id=post.id)


def unvote(name: str, post: Post) -> None:
    person = cast.actor(name)
    with transaction():
        forum.withdraw_vote(person, post_id=post.id)


def accept(post: Post, by: str = "Karin") -> None:
    person = cast.actor(by)
    with transaction():
        forum.accept_answer(person, post_id=post.id)


def withdraw(post: Post, by: str = "Karin") -> None:
    person = cast.actor(by)
    with transaction():
        forum.withdraw_acceptance(person, post_id=post.id)


def conceal(post: Post) -> None:
    with transaction():
        forum.conceal_post(post.id, by=None, reason="Regel 4")


def reveal(post: Post) -> None:
    with transaction():
        forum.reveal_post(post.id)


def standing(name: str) -> tuple[int, int, int]:
    """(points, solutions, thankers) as the counters say."""
    account_id = cast.account(name).id
    db.session.rollback()
    found = db.session.execute(
        select(Standing.points, Standing.solutions, Standing.thankers).filter_by(
            account_id=account_id
        )
    ).first()
    return tuple(found) if found else (0, 0, 0)  # type: ignore[return-value]


def ledger(name: str) -> list[tuple[str, int]]:
    """(cause, points) of every line, oldest first."""
    account_id = cast.account(name).id
    rows = db.session.execute(
        select(PointEntry.cause, PointEntry.points)
        .filter_by(account_id=account_id)
        .order_by(PointEntry.id)
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


def ledger_sum(name: str) -> int:
    account_id = cast.account(name).id
    summed = select(func.coalesce(func.sum(PointEntry.points), 0)).filter_by(account_id=account_id)
    return int(db.session.execute(summed).scalar_one())


def events(*names: str) -> list[str]:
    """The events of these names that happened so far, in order."""
    db.session.rollback()
    found = select(EventRow.name).where(EventRow.name.in_(names)).order_by(EventRow.id)
    return list(db.session.scalars(found))


def ask_for(key: str, **criteria: int) -> None:
    """Change what a step of the ladder asks for; what is not named asks for nothing."""
    zero = {"points": 0, "solutions": 0, "thankers": 0, "days": 0}
    with transaction():
        row = db.session.query(RankCriteria).filter_by(key=key).one()
        for name, value in (zero | criteria).items():
            setattr(row, name, value)


def rank_of(name: str) -> str | None:
    account_id = cast.account(name).id
    db.session.rollback()
    return db.session.execute(
        select(Rank.key).join(Account, Account.rank_id == Rank.id).where(Account.id == account_id)
    ).scalar()


def review(name: str) -> None:
    account_id = cast.account(name).id
    with transaction():
        actions.adjust_rank(account_id)
        actions.open_nomination(account_id)


def nominate(name: str = "Tom") -> Nomination:
    """An open nomination, as the threshold makes it."""
    account_id = cast.account(name).id
    with transaction():
        row = Nomination(
            account_id=account_id,
            state="open",
            opened_at=clock.now(),
            points=512,
            solutions=11,
            thankers=9,
            days=400,
        )
        db.session.add(row)
    return row


def confirm(nomination: Nomination, by: str = "Anna") -> None:
    person = cast.actor(by)
    with transaction():
        actions.confirm_nomination(person, nomination.id)


def make_superuser(name: str = "Tom") -> Term:
    """The whole way: nominated, confirmed, charter accepted."""
    confirm(nominate(name))
    person = cast.actor(name)
    with transaction():
        actions.accept_charter(person, version=1)
    return db.session.query(Term).filter_by(account_id=person.id, ended_at=None).one()


def move_end(term: Term, days: int) -> None:
    """Let a term end in so many days."""
    with transaction():
        db.session.get_one(Term, term.id).ends_at = clock.now() + timedelta(days=days)


@pytest.fixture
def ladder(app: Flask) -> None:
    with transaction():
        actions.lay_ranks()


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """Run all jobs."""

    def drain() -> None:
        Runner(app).drain()
        db.session.rollback()
        db.session.expire_all()

    return drain
