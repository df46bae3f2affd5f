"""The job table: claim, hold, finish, try again, give up. Each function is one short transaction
of its own, except `finish`, which belongs to the transaction of the effect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, tuple_, update

from app.core import clock
from app.core.db import db, transaction
from app.core.jobs.calls import Arguments
from app.core.jobs.models import ERROR_LENGTH, Job

LEASE_SECONDS = 20  # renewed while the job runs; after kill -9 somebody else may begin so soon
MAX_TRIES = 20  # with the pauses below a mail is tried for about 32 hours
LONGEST_PAUSE_SECONDS = 4 * 60 * 60

_OPEN = and_(Job.done_at.is_(None), Job.failed_at.is_(None))


@dataclass(frozen=True)
class Claim:
    """The right to run a job once. `tries` tells it from every other claim of the same row."""

    id: int
    name: str
    arguments: Arguments
    tries: int


class LostClaim(Exception):
    """Somebody else runs or ran this job; the effect of this transaction must not stay."""


@dataclass(frozen=True)
class Names:
    """Which jobs a lane takes: those named, or all others."""

    names: Collection[str]
    others: bool = False

    def condition(self) -> ColumnElement[bool]:
        return Job.name.not_in(self.names) if self.others else Job.name.in_(self.names)


def claim(names: Names, *, limit: int = 1) -> list[Claim]:
    """Take up to `limit` due jobs, longest waiting first. A claim counts as a try at once.

    So a job that kills its process is not begun for ever.
    """
    if not _is_due(names):
        return []
    moment = clock.now()
    due = _due(names, moment).order_by(Job.due_at, Job.id).limit(limit)
    # SQLite leaves FOR UPDATE out: there the transaction itself is the lock. The CTE is evaluated
    # once; as a plain subquery PostgreSQL may evaluate it per row and take more than `limit`.
    picked = due.with_for_update(skip_locked=True).cte("picked")
    with transaction():
        rows = db.session.execute(
            update(Job)
            .where(Job.id.in_(select(picked.c.id)))
            .values(locked_until=_lease_end(moment), tries=Job.tries + 1)
            .returning(Job.id, Job.name, Job.arguments, Job.tries)
            .execution_options(synchronize_session=False)
        ).all()
    return [Claim(*row) for row in sorted(rows, key=lambda row: row.id)]


def finish(claims: Sequence[Claim]) -> None:
    """Mark as done; inside the transaction of the effect, before the effect.

    Raises LostClaim unless every claim still holds. Writing first takes the row's lock, so two
    workers with the same job never do its work side by side.
    """
    moment = clock.now()
    ended = _update(claims, done_at=moment, locked_until=None, error=None)
    if ended != len(claims):
        raise LostClaim(f"{len(claims) - ended} of {len(claims)} jobs belong to somebody else")


def try_again(failed: Claim, error: str) -> None:
    """Give the job back; it becomes due again after a pause that doubles each time."""
    pause = timedelta(seconds=min(2**failed.tries, LONGEST_PAUSE_SECONDS))
    with transaction():
        _update([failed], due_at=clock.now() + pause, locked_until=None, error=error[:ERROR_LENGTH])


def give_up(failed: Claim, error: str) -> None:
    with transaction():
        _update([failed], failed_at=clock.now(), locked_until=None, error=error[:ERROR_LENGTH])


def renew(claims: Sequence[Claim]) -> None:
    """Keep what is running from looking abandoned."""
    with transaction():
        _update(claims, locked_until=_lease_end(clock.now()))


def count_open() -> int:
    return int(db.session.execute(select(func.count()).where(_OPEN)).scalar_one())


def count_failed() -> int:
    """Those that somebody has to look at."""
    statement = select(func.count()).where(Job.failed_at.is_not(None))
    return int(db.session.execute(statement).scalar_one())


def last_done(names: Collection[str] | None = None, *, since: datetime) -> datetime | None:
    """When a job (of these names) last ended well; None if not since that moment."""
    statement = select(func.max(Job.done_at)).where(Job.done_at >= since)
    if names is not None:
        statement = statement.where(Job.name.in_(names))
    return db.session.execute(statement).scalar()


def last_failed(names: Collection[str], *, since: datetime) -> datetime | None:
    """When a job of these names was last given up; None if not since that moment."""
    statement = select(func.max(Job.failed_at)).where(Job.failed_at >= since)
    return db.session.execute(statement.where(Job.name.in_(names))).scalar()


def count_put_off(names: Collection[str]) -> int:
    """Jobs of these names that had an error and will be tried again."""
    put_off = and_(_OPEN, Job.error.is_not(None), Job.name.in_(names))
    return int(db.session.execute(select(func.count()).where(put_off)).scalar_one())


def count_waiting(within: timedelta) -> int:
    """Jobs that run now or become due within that time."""
    moment = clock.now()
    soon = or_(Job.due_at <= moment + within, Job.locked_until > moment)
    return int(db.session.execute(select(func.count()).where(_OPEN, soon)).scalar_one())


def next_due() -> datetime | None:
    """When the earliest open job may run."""
    return db.session.execute(select(func.min(Job.due_at)).where(_OPEN)).scalar()


def newest_of(names: Iterable[str]) -> dict[str, datetime]:
    """When a job of each name was last written; names that never were are missing."""
    newest = select(Job.name, func.max(Job.created_at)).where(Job.name.in_(list(names)))
    return {row[0]: row[1] for row in db.session.execute(newest.group_by(Job.name))}


def _is_due(names: Names) -> bool:
    """A look without a lock, so that idle workers never queue for SQLite's one writer."""
    return db.session.execute(_due(names, clock.now()).limit(1)).first() is not None


def _due(names: Names, moment: datetime) -> Any:
    free = or_(Job.locked_until.is_(None), Job.locked_until <= moment)
    return select(Job.id).where(_OPEN, Job.due_at <= moment, free, names.condition())


def _update(claims: Sequence[Claim], **values: Any) -> int:
    held = tuple_(Job.id, Job.tries).in_([(claim.id, claim.tries) for claim in claims])
    result = db.session.execute(
        update(Job).where(_OPEN, held).values(**values).execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount


def _lease_end(moment: datetime) -> datetime:
    return moment + timedelta(seconds=LEASE_SECONDS)
