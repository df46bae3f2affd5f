"""The ladder, who is on the board of thanks, and how far somebody has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, select

from app.accounts.actor import Actor
from app.accounts.models import Account, Rank
from app.core import clock
from app.core.db import db
from app.superusers.models import PointEntry, RankCriteria, RankStep, Standing
from app.superusers.rules import MEMBER_ROLES, days_since

BOARD_OF_THANKS = 10


@dataclass(frozen=True)
class Figures:
    """What criteria are held against: one person's figures at this moment."""

    account_id: int
    role: str
    state: str
    rank_id: int | None
    points: int
    solutions: int
    thankers: int
    days: int


def ladder() -> Sequence[Any]:
    """All steps, lowest first; the one without a rank is "super user"."""
    return db.session.execute(
        select(
            RankCriteria.key,
            RankCriteria.rank_id,
            RankCriteria.points,
            RankCriteria.solutions,
            RankCriteria.days,
            RankCriteria.thankers,
            Rank.name_de,
            Rank.name_en,
        )
        .outerjoin(Rank, Rank.id == RankCriteria.rank_id)
        .order_by(RankCriteria.position)
    ).all()


def member_figures(account_ids: Sequence[int]) -> dict[int, Figures]:
    """Points, solutions, thankers and days of these people; zeros for who has no ledger yet."""
    rows = db.session.execute(
        select(
            Account.id,
            Account.role,
            Account.state,
            Account.rank_id,
            Account.confirmed_at,
            Account.created_at,
            Standing.points,
            Standing.solutions,
            Standing.thankers,
        )
        .outerjoin(Standing, Standing.account_id == Account.id)
        .where(Account.id.in_(list(account_ids)))
    )
    now = clock.now()
    return {
        row.id: Figures(
            account_id=row.id,
            role=row.role,
            state=row.state,
            rank_id=row.rank_id,
            points=row.points or 0,
            solutions=row.solutions or 0,
            thankers=row.thankers or 0,
            days=days_since(row.confirmed_at or row.created_at, now),
        )
        for row in rows
    }


def progress_of(viewer: Actor) -> Figures:
    """The viewer's own figures."""
    return member_figures([viewer.account_id])[viewer.account_id]


def rank_since(account_id: int) -> datetime | None:
    """When the rank last changed; None for somebody who never had one."""
    return db.session.execute(
        select(RankStep.changed_at)
        .filter_by(account_id=account_id)
        .order_by(RankStep.id.desc())
        .limit(1)
    ).scalar()


def had_rank(account_id: int, rank_id: int) -> bool:
    found = select(RankStep.id).filter_by(account_id=account_id, rank_id=rank_id).limit(1)
    return db.session.execute(found).first() is not None


def superusers_count() -> int:
    counted = select(func.count()).where(Account.role == "superuser", Account.state == "active")
    return int(db.session.execute(counted).scalar_one())


def thanked_since(moment: datetime, limit: int = BOARD_OF_THANKS) -> Sequence[Any]:
    """Who earned most since then; what was taken back since then is taken off."""
    sums = (
        select(PointEntry.account_id, func.sum(PointEntry.points).label("points"))
        .where(PointEntry.happened_at >= moment)
        .group_by(PointEntry.account_id)
        .subquery()
    )
    return _best(
        _people(sums.c.points).join(sums, sums.c.account_id == Account.id), sums.c.points, limit
    )


def thanked_all_time(limit: int = BOARD_OF_THANKS) -> Sequence[Any]:
    return _best(
        _people(Standing.points).join(Standing, Standing.account_id == Account.id),
        Standing.points,
        limit,
    )


def solved_since(begin: datetime, until: datetime, limit: int) -> list[tuple[int, int]]:
    """(account, solutions): whose answers were accepted most in this time and still are."""
    begun = select(PointEntry.earned_id).where(
        PointEntry.cause == "acceptance",
        PointEntry.happened_at >= begin,
        PointEntry.happened_at < until,
    )
    left = (
        select(PointEntry.account_id)
        .where(PointEntry.earned_for == "acceptance", PointEntry.earned_id.in_(begun))
        .group_by(PointEntry.account_id, PointEntry.earned_id)
        .having(func.sum(PointEntry.points) > 0)
        .subquery()
    )
    solutions = func.count().label("solutions")
    rows = db.session.execute(
        select(left.c.account_id, solutions)
        .join(Account, Account.id == left.c.account_id)
        .where(Account.role.in_(MEMBER_ROLES))
        .group_by(left.c.account_id)
        .order_by(solutions.desc(), left.c.account_id)
        .limit(limit)
    )
    return [(row.account_id, row.solutions) for row in rows]


def people(account_ids: Sequence[int]) -> dict[int, Any]:
    """The active members among these, by id, as `helper()` shows them."""
    if not account_ids:
        return {}
    wanted = _people(literal(0)).where(Account.id.in_(list(account_ids)))
    return {row.id: row for row in db.session.execute(wanted)}


def _people(points: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Rank.name_de,
            Rank.name_en,
            points.label("points"),
        )
        .select_from(Account)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .where(and_(Account.state == "active", Account.role.in_(MEMBER_ROLES)))
    )


def _best(people: Select[*tuple[Any, ...]], points: Any, limit: int) -> Sequence[Any]:
    wanted = people.where(points > 0).order_by(points.desc(), Account.id).limit(limit)
    return db.session.execute(wanted).all()
