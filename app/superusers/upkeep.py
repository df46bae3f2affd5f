"""The sums of the ledger proved and mended, for `flask recount`."""

from __future__ import annotations

from app.core.db import transaction
from app.superusers import actions, queries

ACCOUNTS_AT_ONCE = 100


def recount() -> int:
    """Every standing from its lines, in short transactions; returns how many were wrong."""
    wrong = last = 0
    while account_ids := queries.standings_after(last, ACCOUNTS_AT_ONCE):
        last = account_ids[-1]
        with transaction():
            wrong += actions.recount_standings(account_ids)
    return wrong
