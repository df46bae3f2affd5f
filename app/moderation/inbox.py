"""What moderation puts into the desk's inbox: open cases and objections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.actor import Actor
from app.core.inbox import InboxItem
from app.moderation import queries, rules

#: Higher is sooner: the law sets the pace of notices, fairness that of objections.
URGENCY = {"notice": 3, "appeal": 2, "report": 1, "held": 1, "review": 1, "staff": 0}


def inbox_items(viewer: Actor, limit: int) -> Sequence[InboxItem]:
    """Up to `limit` cases and, for the staff, up to `limit` objections; the oldest first."""
    if not rules.moderates_somewhere(viewer):
        return []
    cases, _following = queries.open_cases_page(viewer, limit=limit)
    items = [_case_item(row) for row in cases]
    if viewer.is_staff:
        appeals, _following = queries.open_appeals_page(viewer, limit=limit)
        items += [_appeal_item(row) for row in appeals]
    return items


def case_kind(row: Any) -> str:
    """What waits in a case: notice, review, held, report or staff."""
    if row.notices_count:
        return "notice"
    if row.under_review:
        return "review"
    if row.origin == "held":
        return "held"
    return "report" if row.reports_count else "staff"


def case_detail(row: Any) -> str:
    parts = []
    if row.notices_count:
        parts.append(ngettext("%(num)s notice", "%(num)s notices", row.notices_count))
    if row.reports_count:
        parts.append(ngettext("%(num)s report", "%(num)s reports", row.reports_count))
    if row.under_review:
        parts.append(_("hidden by a super user"))
    if row.origin == "held":
        parts.append(_("first post of a new member"))
    return ", ".join(parts) or _("opened by the team")


def _case_item(row: Any) -> InboxItem:
    return InboxItem(
        kind=case_kind(row),
        thing_id=row.id,
        title=row.title,
        url=url_for("casework.case", id=row.id),
        since=row.opened_at,
        detail=case_detail(row),
        board=row.board_name,
        urgency=URGENCY[case_kind(row)],
    )


def _appeal_item(row: Any) -> InboxItem:
    return InboxItem(
        kind="appeal",
        thing_id=row.id,
        title=row.title,
        url=url_for("casework.appeal", id=row.id),
        since=row.filed_at,
        detail=_("Objection by %(name)s", name=row.author_name),
        board=row.board_name,
        urgency=URGENCY["appeal"],
    )
