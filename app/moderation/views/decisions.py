"""A decision as its author reads it: the letter, the rule and the post as they were; the objection."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import signed_in
from app.core import clock
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.moderation import actions, queries
from app.moderation.display import decision_page, kind_word
from app.moderation.forms import AppealForm
from app.moderation.limits import APPEALING
from app.moderation.statements import parts_of
from app.moderation.views.blueprint import bp


@bp.get("/account/decisions")
@policy(signed_in)
def decisions() -> str:
    rows, following = queries.decisions_about(current_user.account_id, after=cursor_from_request())
    page = Page(
        [
            {
                "url": url_for("moderation.decision", id=row.id),
                "title": row.post_title,
                "word": kind_word(row.kind),
                "rule_number": row.rule_number,
                "decided_at": row.decided_at,
            }
            for row in rows
        ],
        url_for("moderation.decisions", after=cursor_text(following)) if following else None,
        url_for("moderation.decisions") if request.args.get("after") else None,
    )
    return render_template("moderation/decisions.html", page=page)


@bp.get("/decisions/<id:id>")
@policy(signed_in)
def decision(id: int) -> str:
    return _page(queries.decision_or_404(id, current_user), AppealForm())


@bp.post("/decisions/<id:id>/appeal")
@policy(signed_in)
@limited(APPEALING)
def appeal(id: int) -> Response:
    """Suspended members may object too."""
    found = queries.decision_or_404(id, current_user)
    form = AppealForm()
    if form.validate():
        return redirect(once(lambda: _file(id, form)), 303)
    return make_response(_page(found, form), 422)


def _file(decision_id: int, form: AppealForm) -> str:
    actions.appeal(current_user, decision_id=decision_id, text=form.text.data or "")
    return url_for("moderation.decision", id=decision_id, done="appealed")


def _page(found: Any, form: AppealForm) -> str:
    shown = decision_page(found, current_user, clock.now())
    return render_template(
        "moderation/decision.html", decision=shown, letter=parts_of(shown["statement"]), form=form
    )
