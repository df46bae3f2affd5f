"""Reading the ledger: what is left of an earning, whose sums these are, a member's own lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.accounts.actor import PUBLIC, Actor
from app.core.db import db
from app.forum import queries as forum
from app.forum.models import Board, Topic
from app.superusers.models import PointEntry, Standing

ENTRIES_A_PAGE = 30
_BACK = ("vote_back", "acceptance_back")


@dataclass(frozen=True)
class Chain:
    """All lines about one vote or acceptance: what it earned, what is left, the newest line."""

    earned_for: str
    earned_id: int
    account_id: int
    actor_id: int
    topic_id: int
    post_id: int
    earned: int
    left: int
    last_id: int
    taken_back: bool


def earns_points(topic_id: int) -> bool:
    """Only what everybody can read: no public figure may tell of a closed board."""
    found = select(Topic.id).where(Topic.id == topic_id, Topic.audience == PUBLIC)
    return db.session.execute(found).first() is not None


def remaining(earned_for: str, earned_id: int) -> Chain | None:
    """What became of one vote or acceptance; None where it never earned anything."""
    found = _chains(PointEntry.earned_for == earned_for, PointEntry.earned_id == earned_id)
    return found[0] if found else None


def chains_of_post(post_id: int) -> list[Chain]:
    """Everything that was ever earned with this post."""
    return _chains(PointEntry.post_id == post_id)


def _chains(*conditions: Any) -> list[Chain]:
    """Lines in order of their ids; the first of each earning is what earned the points."""
    lines = db.session.scalars(select(PointEntry).where(*conditions).order_by(PointEntry.id)).all()
    grouped: dict[tuple[str, int], list[PointEntry]] = {}
    for line in lines:
        grouped.setdefault((line.earned_for, line.earned_id), []).append(line)
    return [_chain(group) for group in grouped.values()]


def _chain(lines: list[PointEntry]) -> Chain:
    first = lines[0]
    return Chain(
        earned_for=first.earned_for,
        earned_id=first.earned_id,
        account_id=first.account_id,
        actor_id=first.actor_id,
        topic_id=first.topic_id,
        post_id=first.post_id,
        earned=first.points,
        left=sum(line.points for line in lines),
        last_id=lines[-1].id,
        taken_back=any(line.cause in _BACK for line in lines),
    )


def entry_id(cause: str, cause_id: int) -> int:
    return db.session.execute(
        select(PointEntry.id).filter_by(cause=cause, cause_id=cause_id)
    ).scalar_one()


def lock_standing(account_id: int) -> None:
    """PostgreSQL: whoever writes this account's ledger next waits here (SQLite has one writer)."""
    wanted = select(Standing.account_id).filter_by(account_id=account_id).with_for_update()
    db.session.execute(wanted)


def standing_thanks(account_id: int, actor_id: int) -> int:
    """How many thanks of this one person still stand."""
    left = (
        select(PointEntry.earned_for)
        .where(PointEntry.account_id == account_id, PointEntry.actor_id == actor_id)
        .group_by(PointEntry.earned_for, PointEntry.earned_id)
        .having(func.sum(PointEntry.points) > 0)
        .subquery()
    )
    return int(db.session.execute(select(func.count()).select_from(left)).scalar_one())


def sums_of(account_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """(points, solutions, thankers) of these accounts, counted anew from the ledger's lines."""
    left = (
        select(
            PointEntry.account_id,
            PointEntry.actor_id,
            PointEntry.earned_for,
            func.sum(PointEntry.points).label("points"),
        )
        .where(PointEntry.account_id.in_(list(account_ids)))
        .group_by(
            PointEntry.account_id,
            PointEntry.earned_for,
            PointEntry.earned_id,
            PointEntry.actor_id,
        )
        .subquery()
    )
    stands = left.c.points > 0
    rows = db.session.execute(
        select(
            left.c.account_id,
            func.sum(left.c.points),
            func.count().filter(and_(stands, left.c.earned_for == "acceptance")),
            func.count(left.c.actor_id.distinct()).filter(stands),
        ).group_by(left.c.account_id)
    )
    sums = {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}
    return {account_id: sums.get(account_id, (0, 0, 0)) for account_id in account_ids}


def standings_after(account_id: int, limit: int) -> list[int]:
    """Ids of accounts with a standing, in order, for work in chunks."""
    return list(
        db.session.scalars(
            select(Standing.account_id)
            .where(Standing.account_id > account_id)
            .order_by(Standing.account_id)
            .limit(limit)
        )
    )


def entries_page(
    viewer: Actor, *, after: tuple[int, ...] | None = None, size: int = ENTRIES_A_PAGE
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """The viewer's own lines, newest first; a topic that they may no longer read has no title."""
    readable = and_(Topic.id == PointEntry.topic_id, forum.topic_readable(viewer))
    statement = (
        select(
            PointEntry.id,
            PointEntry.points,
            PointEntry.cause,
            PointEntry.earned_for,
            PointEntry.post_id,
            PointEntry.happened_at,
            Topic.id.label("topic_id"),
            Topic.title.label("topic_title"),
            Board.name.label("board_name"),
        )
        .outerjoin(Topic, readable)
        .outerjoin(Board, Board.id == Topic.board_id)
        .where(PointEntry.account_id == viewer.id, PointEntry.points != 0)
    )
    if after is not None:
        statement = statement.where(PointEntry.id < after[0])
    rows = db.session.execute(statement.order_by(PointEntry.id.desc()).limit(size + 1)).all()
    return rows[:size], (rows[size - 1].id,) if len(rows) > size else None
