"""Writing the ledger: the only place that adds a line and moves the sums in Standing.

Each function may run twice: what is written depends on what is left of the earning, and the unique
(cause, cause_id) has the last word. A line of 0 points says that something happened to an earning
of which nothing was left, such as a vote taken back while its post is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, update

from app.core import clock
from app.core.db import db, insert_once
from app.core.events import record
from app.superusers import queries
from app.superusers.events import PointsChanged
from app.superusers.models import PointEntry, Standing
from app.superusers.queries.ledger import Chain
from app.superusers.rules import POINTS


def earn_points(
    earned_for: str, earned_id: int, *, account_id: int, actor_id: int, topic_id: int, post_id: int
) -> None:
    """Points for a "vote" or an "acceptance"; none for oneself or in a board that is not public."""
    if account_id == actor_id or not queries.earns_points(topic_id):
        return
    _lock(account_id)
    points = POINTS[earned_for]
    earning = Chain(
        earned_for=earned_for,
        earned_id=earned_id,
        account_id=account_id,
        actor_id=actor_id,
        topic_id=topic_id,
        post_id=post_id,
        earned=points,
        left=0,
        last_id=0,
        taken_back=False,
    )
    _write(earning, cause=earned_for, cause_id=earned_id, points=points)


def take_points_back(earned_for: str, earned_id: int, *, account_id: int) -> None:
    """The vote or acceptance is withdrawn: what is left of it goes, for good."""
    _lock(account_id)
    earning = queries.remaining(earned_for, earned_id)
    if earning is not None and not earning.taken_back:
        _write(earning, cause=f"{earned_for}_back", cause_id=earned_id, points=-earning.left)


def conceal_points(post_id: int, *, account_id: int) -> None:
    """The post is hidden: what it earned does not count while it is.

    With a first post its topic is hidden, but the answers are not: who answered keeps the points.
    """
    _lock(account_id)
    for earning in queries.chains_of_post(post_id):
        if earning.left > 0:
            _write(earning, cause="concealed", cause_id=earning.last_id, points=-earning.left)


def reveal_points(post_id: int, *, account_id: int) -> None:
    """The post is visible again: what was not withdrawn meanwhile counts again."""
    _lock(account_id)
    for earning in queries.chains_of_post(post_id):
        if earning.left == 0 and not earning.taken_back:
            _write(earning, cause="revealed", cause_id=earning.last_id, points=earning.earned)


def recount_standings(account_ids: Sequence[int]) -> int:
    """Put the sums of these accounts right from their lines; returns how many were wrong."""
    wrong = 0
    for account_id, (points, solutions, thankers) in queries.sums_of(account_ids).items():
        sums = {"points": points, "solutions": solutions, "thankers": thankers}
        _lock(account_id)
        differs = or_(*(getattr(Standing, name) != value for name, value in sums.items()))
        changed = db.session.execute(
            update(Standing)
            .where(Standing.account_id == account_id, differs)
            .values(**sums, updated_at=clock.now())
        )
        wrong += changed.rowcount  # type: ignore[attr-defined]
    return wrong


def _lock(account_id: int) -> None:
    """One writer at a time per ledger, from before its lines are read."""
    zero = {"points": 0, "solutions": 0, "thankers": 0}
    insert_once(Standing, account_id=account_id, updated_at=clock.now(), **zero)
    queries.lock_standing(account_id)


def _write(earning: Chain, *, cause: str, cause_id: int, points: int) -> None:
    before = queries.standing_thanks(earning.account_id, earning.actor_id)
    new = insert_once(
        PointEntry,
        account_id=earning.account_id,
        points=points,
        cause=cause,
        cause_id=cause_id,
        earned_for=earning.earned_for,
        earned_id=earning.earned_id,
        actor_id=earning.actor_id,
        topic_id=earning.topic_id,
        post_id=earning.post_id,
        happened_at=clock.now(),
    )
    if new and points:
        after = queries.standing_thanks(earning.account_id, earning.actor_id)
        solved = _sign(points) if earning.earned_for == "acceptance" else 0
        _count(earning.account_id, points, solved, bool(after) - bool(before))
        entry_id = queries.entry_id(cause, cause_id)
        record(PointsChanged(account_id=earning.account_id, entry_id=entry_id))


def _sign(points: int) -> int:
    return 1 if points > 0 else -1


def _count(account_id: int, points: int, solutions: int, thankers: int) -> None:
    db.session.execute(
        update(Standing)
        .where(Standing.account_id == account_id)
        .values(
            points=Standing.points + points,
            solutions=Standing.solutions + solutions,
            thankers=Standing.thankers + thankers,
            updated_at=clock.now(),
        )
    )
