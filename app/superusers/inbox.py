"""What the programme adds to the desk's inbox: nominations that wait for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.actor import Actor
from app.core.inbox import InboxItem
from app.superusers import queries
from app.superusers.rules import can_decide_nomination

KIND = "nomination"


def inbox_items(viewer: Actor, limit: int) -> Sequence[InboxItem]:
    """The oldest nominations that this viewer may decide; none for anybody outside of the team."""
    if not viewer.is_staff:
        return ()
    return [
        InboxItem(
            kind=KIND,
            thing_id=row.id,
            title=_("%(name)s could become a super user", name=row.name),
            url=url_for("superusers_staff.nomination", id=row.id),
            since=row.opened_at,
            detail=_why(row),
        )
        for row in queries.open_nominations(limit)
        if can_decide_nomination(viewer, row)
    ]


def _why(row: Any) -> str:
    figures = (
        ngettext("%(num)s point", "%(num)s points", row.points),
        ngettext("%(num)s solution for others", "%(num)s solutions for others", row.solutions),
        ngettext(
            "thanks from %(num)s person", "thanks from %(num)s different people", row.thankers
        ),
    )
    return ", ".join(figures)
