"""The counters of unread notifications proved and mended, for `flask recount`."""

from __future__ import annotations

from app.core.db import transaction
from app.notifications import actions


def recount() -> int:
    """Returns how many were wrong."""
    with transaction():
        return actions.recount_unread()
