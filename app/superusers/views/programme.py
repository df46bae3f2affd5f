"""The public page of the programme with one's own progress, and all of one's own points."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from app.accounts.policies import everyone, signed_in
from app.core import clock
from app.core.cache import cached
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.superusers import display, queries, rules
from app.superusers.views.blueprint import bp

LAST_LINES = 8


@bp.get("/superusers")
@policy(everyone)
@cached("people")
def programme() -> str:
    ladder, month = queries.ladder(), rules.month_start(clock.here())
    figures = queries.progress_of(current_user) if current_user.is_authenticated else None
    return render_template(
        "superusers/programme.html",
        count=queries.superusers_count(),
        rungs=display.rungs(ladder, figures),
        points={"vote": rules.VOTE_POINTS, "acceptance": rules.ACCEPTANCE_POINTS},
        kept_days=rules.RANK_KEPT_DAYS,
        month=[display.helper(row) for row in queries.thanked_since(month)],
        all_time=[display.helper(row) for row in queries.thanked_all_time()],
        own=_own(ladder, figures) if figures else None,
    )


@bp.get("/superusers/points")
@policy(signed_in)
def points() -> str:
    rows, following = queries.entries_page(current_user, after=cursor_from_request())
    page = Page(
        [display.line(row) for row in rows],
        next=url_for("superusers.points", after=cursor_text(following)) if following else None,
        previous=url_for("superusers.points") if request.args.get("after") else None,
    )
    return render_template(
        "superusers/points.html", page=page, figures=queries.progress_of(current_user)
    )


def _own(ladder: Any, figures: Any) -> dict[str, Any]:
    rows, following = queries.entries_page(current_user, size=LAST_LINES)
    goals = display.goals(ladder, figures)
    member = figures.role in rules.MEMBER_ROLES
    term = queries.running_term(figures.account_id) if figures.role == "superuser" else None
    return {
        "figures": figures,
        "since": queries.rank_since(figures.account_id) if figures.rank_id else None,
        "goals": goals,
        "share": display.share_of(goals),
        "next": display.next_name(ladder, figures),
        "lines": [display.line(row) for row in rows],
        "more": following is not None,
        "invited": queries.invitation_of(current_user) is not None,
        "term": term,
        "member": member,
    }
