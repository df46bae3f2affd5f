"""The rank follows the criteria: upward at once, downward only after RANK_KEPT_DAYS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts import actions as accounts
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.superusers import queries
from app.superusers.events import RankReached
from app.superusers.models import RankStep
from app.superusers.queries import Figures
from app.superusers.rules import CRITERIA, MEMBER_ROLES, deserved, may_lose_rank


def adjust_rank(account_id: int) -> None:
    """Give the highest rank whose criteria are met.

    A lower one than now only when the present one is at least RANK_KEPT_DAYS old: a vote that is
    taken back the next day should not strip anybody of a badge. The daily review looks again. Who
    is in the team or suspended keeps what there is. A rank is announced only the first time.
    """
    figures = queries.member_figures([account_id]).get(account_id)
    if figures is None or not _takes_part(figures):
        return
    wanted = _wanted(figures, queries.ladder())
    if wanted == figures.rank_id:
        return
    climbs = _is_higher(wanted, figures.rank_id, queries.ladder())
    if not climbs and not may_lose_rank(queries.rank_since(account_id), clock.now()):
        return
    first_time = wanted is not None and not queries.had_rank(account_id, wanted)
    accounts.set_rank(account_id, wanted)
    db.session.add(RankStep(account_id=account_id, rank_id=wanted, changed_at=clock.now()))
    db.session.flush()
    if climbs and first_time and wanted is not None:
        record(RankReached(account_id=account_id, rank_id=wanted))


def wants_review(figures: Figures, ladder: Sequence[Any]) -> bool:
    """Is this person's rank another one than the figures say, or the top of the ladder met?"""
    if not _takes_part(figures):
        return False
    top = [step for step in ladder if step.rank_id is None]
    threshold = figures.role == "customer" and deserved(top, figures) is not None
    return threshold or _wanted(figures, ladder) != figures.rank_id


def _takes_part(figures: Figures) -> bool:
    return figures.state == "active" and figures.role in MEMBER_ROLES


def _wanted(figures: Figures, ladder: Sequence[Any]) -> int | None:
    """Where everybody begins (nothing asked for) is no badge: nobody stays new for ten years."""
    steps = [s for s in ladder if s.rank_id is not None and any(getattr(s, c) for c in CRITERIA)]
    step = deserved(steps, figures)
    return step.rank_id if step is not None else None


def _is_higher(rank_id: int | None, than: int | None, ladder: Sequence[Any]) -> bool:
    order: list[int | None] = [None, *(s.rank_id for s in ladder if s.rank_id is not None)]
    return order.index(rank_id) > (order.index(than) if than in order else 0)
