"""One case: the post in its place, what came in, the author's record, and the decision with its letter."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import Conflict, Refused
from app.core.locale import current_language
from app.core.rules import require
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.moderation import actions, queries, rules
from app.moderation.display import author_of, kind_word, possible_kinds
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
    form = _form(found, item)
    form.rule.data = _proposed_rule(found.id)
    form.kind.data = form.kind.choices[0][0] if len(form.kind.choices) == 1 else None
    return _page(found, item, form)


@staff.post("/cases/<id:id>")
@policy(moderating)
@limited(CASEWORK)
def case_send(id: int) -> Response:
    """The letter is shown first and decided upon second: a decision needs the mark of what was read."""
    found = queries.case_or_404(id, current_user)
    item = queries.item_or_404(found.item_id, current_user)
    form = _form(found, item)
    if not form.kind.choices:
        require(rules.can_decide(current_user, found, item, form.kind.data or ""))
    if not form.validate():
        return make_response(_page(found, item, form), 422)
    letters = _letters(found, item, form)
    if letters.de and ("preview" in request.form or form.shown.data != letters.mark):
        return make_response(_page(found, item, form, letters))
    try:
        return redirect(once(lambda: _decide(id, form)), 303)
    except (Refused, Conflict) as error:
        form.refuse(error if isinstance(error, Refused) else Refused(error.message))
        return make_response(_page(found, item, form), error.status)


def _form(found: Any, item: Any) -> DecisionForm:
    kinds = possible_kinds(current_user, found, item)
    return DecisionForm(queries.rules_in_force()[1], kinds)


def _proposed_rule(case_id: int) -> str | None:
    """The one that most reports name."""
    named = Counter(str(row.rule_number) for row in queries.reports_of(case_id))
    return named.most_common(1)[0][0] if named else None


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
    if letters is not None:
        form.shown.data = letters.mark
    return render_template(
        "moderation/case.html",
        case=found,
        item=item,
        author=author_of(item),
        before=before,
        after=after,
        reports=queries.reports_of(found.id),
        notices=queries.notices_of(found.id) if current_user.is_staff else [],
        log=[
            {**row._mapping, "word": kind_word(row.kind)} for row in queries.decisions_in(found.id)
        ],
        earlier=[{**row._mapping, "word": kind_word(row.kind)} for row in earlier],
        appeals_filed=appeals_filed,
        form=form,
        why_not=_why_not(found, item),
        letter=parts_of(letters.within(current_language())) if letters else None,
        other_letter=parts_of(letters.within(_other())) if letters else None,
        other=_other(),
        next_case=queries.next_open_case(current_user, after=found.id),
    )


def _why_not(found: Any, item: Any) -> Any:
    """The sentence for somebody who may look but not decide."""
    if possible_kinds(current_user, found, item):
        return None
    first = next(iter(rules.POSSIBLE[item.state]), "")
    return rules.can_decide(current_user, found, item, first)


def _other() -> str:
    return "en" if current_language() == "de" else "de"
