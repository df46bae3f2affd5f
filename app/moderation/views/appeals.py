"""Deciding an objection: somebody else than the first time, with reasons."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import Conflict, Refused
from app.core.locale import current_language
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.moderation import actions, queries, rules
from app.moderation.display import author_of
from app.moderation.forms import AppealDecisionForm
from app.moderation.limits import CASEWORK
from app.moderation.policies import deciding
from app.moderation.statements import Letters, parts_of, write_letters
from app.moderation.views.blueprint import staff


@staff.get("/appeals/<id:id>")
@policy(deciding)
def appeal(id: int) -> str:
    return _page(*_load(id), AppealDecisionForm())


@staff.post("/appeals/<id:id>")
@policy(deciding)
@limited(CASEWORK)
def appeal_send(id: int) -> Response:
    """A reversal shows its letter first, as every decision of which the author gets one."""
    row, decision, item = _load(id)
    form = AppealDecisionForm()
    if not form.validate():
        return make_response(_page(row, decision, item, form), 422)
    letters = _letters(decision, item, form)
    if "preview" in request.form or (letters is not None and form.shown.data != letters.mark):
        return make_response(_page(row, decision, item, form, letters))
    try:
        return redirect(once(lambda: _decide(id, form)), 303)
    except Conflict as error:
        form.refuse(Refused(error.message))
        return make_response(_page(row, decision, item, form), error.status)


def _load(appeal_id: int) -> tuple[Any, Any, Any]:
    row = queries.appeal_or_404(appeal_id, current_user)
    decision = queries.decision_or_404(row.decision_id, current_user)
    return row, decision, queries.item_or_404(row.item_id, current_user)


def _letters(decision: Any, item: Any, form: AppealDecisionForm) -> Letters | None:
    if form.outcome.data != "reversed" or decision.reversed_by is not None:
        return None
    draft = actions.draft_reversal(current_user, decision, item, reasons=form.reasons.data or "")
    return write_letters(draft)


def _decide(appeal_id: int, form: AppealDecisionForm) -> str:
    actions.decide_appeal(
        current_user,
        appeal_id=appeal_id,
        outcome=form.outcome.data,
        reasons=form.reasons.data or "",
        shown=form.shown.data or "",
    )
    return url_for("casework.appeals", done="appeal_decided")


def _page(
    row: Any, decision: Any, item: Any, form: AppealDecisionForm, letters: Letters | None = None
) -> str:
    if letters is not None:
        form.shown.data = letters.mark
    deciders = queries.deciders_of(decision.case_id)
    verdict = rules.can_decide_appeal(current_user, decision, item, deciders=deciders)
    language = current_language()
    return render_template(
        "moderation/appeal.html",
        appeal=row,
        decision=decision,
        author=author_of(item),
        first_letter=parts_of(decision.statement(language)),
        form=form,
        why_not=None if verdict else verdict,
        letter=parts_of(letters.within(language)) if letters else None,
    )
