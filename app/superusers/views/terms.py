"""Terms of super users, for the team: who is one until when; renewing and ending."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core import clock
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.superusers import actions, display, queries, rules
from app.superusers.forms import ReasonForm
from app.superusers.limits import STEERING
from app.superusers.views.blueprint import staff_bp


@staff_bp.get("/superusers/terms")
@policy(staff)
def terms() -> str:
    rows, following = queries.running_terms(after=cursor_from_request())
    here = "superusers_staff.terms"
    page = Page(
        [display.term(row) for row in rows],
        next=url_for(here, after=cursor_text(following)) if following else None,
        previous=url_for(here) if request.args.get("after") else None,
    )
    return render_template("superusers/terms.html", page=page)


@staff_bp.get("/superusers/terms/<id:id>")
@policy(staff)
def term(id: int) -> str:
    return _page(id, ReasonForm())


@staff_bp.post("/superusers/terms/<id:id>/end")
@policy(staff)
@limited(STEERING)
def end(id: int) -> Response:
    queries.term_or_404(id, current_user)
    form = ReasonForm()

    def end_it() -> str:
        actions.end_term(current_user, id, reason=(form.reason.data or "").strip())
        return url_for("superusers_staff.terms", done="term_ended")

    if form.validate():
        return redirect(once(end_it), 303)
    return make_response(_page(id, form), 422)


@staff_bp.post("/superusers/terms/<id:id>/renew")
@policy(staff)
@limited(STEERING)
def renew(id: int) -> Response:
    def renew_it() -> str:
        actions.renew_term(current_user, id)
        return url_for("superusers_staff.terms", done="term_renewed")

    return redirect(once(renew_it), 303)


def _page(id: int, form: ReasonForm) -> str:
    found = queries.term_or_404(id, current_user)
    renewing = rules.can_renew_term(current_user, found, clock.now())
    return render_template(
        "superusers/term.html",
        term=display.term(found),
        form=form,
        can={"end": bool(rules.can_end_term(current_user, found)), "renew": bool(renewing)},
        weeks=rules.RENEWAL_WEEKS,
    )
