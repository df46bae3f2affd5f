"""Somebody found the answer before the question was sent."""

from __future__ import annotations

from datetime import timedelta

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.rules import require
from app.forum import queries, rules
from app.forum.models import SolvedWhileAsking

SAME_MINUTES = 10  # the same title and answer within them is the same press of the button


def solve_while_asking(actor: Actor, *, kind: str, thing_id: int, title: str) -> None:
    """Count it, without the person. `kind` and `thing_id` name what the view found readable."""
    require(rules.can_take_part(actor))
    since = clock.now() - timedelta(minutes=SAME_MINUTES)
    if not queries.was_solved_while_asking(kind, thing_id, title, since):
        db.session.add(
            SolvedWhileAsking(kind=kind, thing_id=thing_id, title=title, solved_at=clock.now())
        )
