"""One case: the post in its place, what came in, the author's record, and the decision with its letter."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core import clock
from app.core.errors import Conflict, Refused
from app.core.locale import current_language
from app.core.rules import require
from app.core.waiting import wait_between
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.moderation import actions, queries, rules
from app.moderation.display import author_of, decision_form, kind_word, reports_by_rule, why_not
from app.moderation.forms import DecisionForm
from app.moderation.limits import CASEWORK
from app.moderation.policies import moderating
from app.moderation.statements import Letters, parts_of, write_letters
from app.moderation.views.blueprint import staff


@staff.get("/cases/<id:id>")
@policy(moderating)
def case(id: int) -> str:
    found = queries.case_or_404(id, current_user)
    item = queries.item_or_404(found.item_id, current_user)
    reports = queries.reports_of(found.id)
    return _page(found, item, decision_form(current_user, found, item, reports))


@staff.post("/cases/<id:id>")
@policy(moderating)
@limited(CASEWORK)
def case_send(id: int) -> Response:
    """The letter is shown first and decided upon second: a decision needs the mark of what was read."""
    found = queries.case_or_404(id, current_user)
    item = queries.item_or_404(found.item_id, current_user)
    form = decision_form(current_user, found, item)
    if not form.kind.choices:
        require(rules.can_decide(current_user, found, item, form.kind.data or ""))
    if not form.validate():
        return make_response(_page(found, item, form), 422)
    letters = _letters(found, item, form)
    if "preview" in request.form or (letters.de and form.shown.data != letters.mark):
        return make_response(_page(found, item, form, letters))
    try:
        return redirect(once(lambda: _decide(id, form)), 303)
    except (Refused, Conflict) as error:
        form.refuse(error if isinstance(error, Refused) else Refused(error.message))
        return make_response(_page(found, item, form), error.status)


def _letters(found: Any, item: Any, form: DecisionForm) -> Letters:
    """What the author would get: the same function writes the decision."""
    draft = actions.draft_decision(
        current_user,
        found,
        item,
        kind=form.kind.data,
        rule=form.rule_number,
        facts=form.facts.data or "",
        law=form.law.data or "",
    )
    return write_letters(draft)


def _decide(case_id: int, form: DecisionForm) -> str:
    actions.decide_case(
        current_user,
        case_id=case_id,
        kind=form.kind.data,
        rule=form.rule_number,
        facts=form.facts.data or "",
        law=form.law.data or "",
        shown=form.shown.data or "",
    )
    following = queries.next_open_case(current_user, after=case_id)
    if following is None or not current_user.is_staff:
        return url_for("casework.queue", done="decided")
    return url_for("casework.case", id=following, done="decided")


def _page(found: Any, item: Any, form: DecisionForm, letters: Letters | None = None) -> str:
    before, after = queries.around(item, current_user)
    earlier, appeals_filed = queries.record_of(item.author_id, without_case=found.id)
    has_letter = letters is not None and bool(letters.de)
    if letters is not None:
        form.shown.data = letters.mark
    return render_template(
        "moderation/case.html",
        case=found,
        item=item,
        author=author_of(item),
        before=before,
        after=after,
        reports=reports_by_rule(queries.reports_of(found.id)),
        notices=queries.notices_of(found.id) if current_user.is_staff else [],
        log=[
            {**row._mapping, "word": kind_word(row.kind)} for row in queries.decisions_in(found.id)
        ],
        earlier=[{**row._mapping, "word": kind_word(row.kind)} for row in earlier],
        appeals_filed=appeals_filed,
        form=form,
        why_not=why_not(current_user, found, item),
        wait=wait_between(found.opened_at, clock.now()) if found.state == "open" else None,
        letter=parts_of(letters.within(current_language())) if letters and has_letter else None,
        no_letter=letters is not None and not has_letter,
        other_letter=parts_of(letters.within(_other())) if letters and has_letter else None,
        other=_other(),
        next_case=queries.next_open_case(current_user, after=found.id),
    )


def _other() -> str:
    return "en" if current_language() == "de" else "de"
