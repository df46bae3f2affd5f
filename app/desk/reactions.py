"""What the desk does because something happened elsewhere."""

from __future__ import annotations

from app.accounts.models import TEAM
from app.desk import actions


def release_leaver(account_id: int, role: str, actor_id: int | None) -> None:
    """Whoever leaves the team is in charge of nothing there, so that colleagues see what is free."""
    if role not in TEAM:
        actions.release_all(account_id, by=actor_id)
