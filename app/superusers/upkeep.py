"""The sums of the ledger proved and mended, for `flask recount`; whom the start page thanks."""

from __future__ import annotations

from datetime import timedelta

from app.core import clock
from app.core.db import transaction
from app.core.figures import keep_figure
from app.superusers import actions, queries
from app.superusers.display import THANKED, THANKED_PEOPLE
from app.superusers.rules import month_start

ACCOUNTS_AT_ONCE = 100
ENOUGH_PEOPLE = 3  # a month with fewer is too young to be shown


def count_thanked() -> None:
    """Hourly: who solved most this month, or while it is young, in the month before."""
    now = clock.here()
    begin = month_start(now)
    found = queries.solved_since(begin, now, THANKED_PEOPLE)
    if len(found) < ENOUGH_PEOPLE:
        begin, until = month_start(begin - timedelta(days=1)), begin
        before = queries.solved_since(begin, until, THANKED_PEOPLE)
        found, begin = (before, begin) if before else (found, until)
    keep_figure(THANKED, {"month": begin.date().isoformat(), "people": [list(f) for f in found]})


def recount() -> int:
    """Every standing from its lines, in short transactions; returns how many were wrong."""
    wrong = last = 0
    while account_ids := queries.standings_after(last, ACCOUNTS_AT_ONCE):
        last = account_ids[-1]
        with transaction():
            wrong += actions.recount_standings(account_ids)
    return wrong
