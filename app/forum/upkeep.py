"""What the forum counts behind the request: how soon a question is usually answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from app.core import clock
from app.core.figures import keep_figure
from app.forum import queries
from app.forum.display import FIRST_ANSWER

WINDOWS_DAYS = (7, 30)  # the second where the first has too few questions
ENOUGH_QUESTIONS = 20  # below it, a figure would be luck
RIPE = timedelta(days=1)  # so long had each counted question to get its answer


def count_first_answers() -> None:
    """Half of the questions were answered within this time; unanswered ones took for ever.

    Nothing where there are too few, or more than half of them wait: that is nothing to promise.
    """
    until = clock.now() - RIPE
    for days in WINDOWS_DAYS:
        rows = queries.first_answers(until - timedelta(days=days), until)
        if len(rows) >= ENOUGH_QUESTIONS:
            break
    minutes = usual_minutes(rows) if len(rows) >= ENOUGH_QUESTIONS else None
    keep_figure(FIRST_ANSWER, minutes and {"minutes": minutes, "questions": len(rows)})


def usual_minutes(rows: Sequence[Any]) -> int | None:
    """The median from asked_at to answered_at (None: not yet); at least one minute."""
    waited = [
        (row.answered_at - row.asked_at).total_seconds() if row.answered_at else float("inf")
        for row in rows
    ]
    middle = median(waited)
    return None if middle == float("inf") else max(1, round(middle / 60))
