"""The charter, for everybody to read and for the invited person to accept or refuse."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries as people
from app.accounts.policies import everyone, signed_in, writing
from app.core.errors import NotFound, Refused
from app.core.locale import current_language
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.superusers import actions, queries, rules
from app.superusers.actions.laying import CHARTER
from app.superusers.forms import CharterForm
from app.superusers.limits import TAKING_PART
from app.superusers.views.blueprint import bp


@bp.get("/superusers/charter")
@policy(everyone)
def charter() -> str:
    return _page(CharterForm())


@bp.post("/superusers/charter/accept")
@policy(writing)
@limited(TAKING_PART)
def accept() -> Response:
    form = CharterForm()
    if form.validate():
        try:
            return redirect(once(lambda: _accept(form)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(form), 422)


@bp.post("/superusers/charter/refuse")
@policy(writing)
@limited(TAKING_PART)
def refuse() -> Response:
    return redirect(once(_refuse), 303)


@bp.get("/superusers/leave")
@policy(signed_in)
def leave() -> str:
    """One more page, so that nobody stops by a slip of the finger."""
    term = queries.running_term(current_user.account_id)
    if term is None:
        raise NotFound
    return render_template("superusers/leave.html", term=term)


@bp.post("/superusers/leave")
@policy(signed_in)
@limited(TAKING_PART)
def leave_send() -> Response:
    return redirect(once(_leave), 303)


def _leave() -> str:
    actions.step_down(current_user)
    return url_for("superusers.programme", done="stepped_down")


def _accept(form: CharterForm) -> str:
    actions.accept_charter(current_user, version=form.read_version)
    return url_for("superusers.programme", done="superuser")


def _refuse() -> str:
    actions.refuse_invitation(current_user)
    return url_for("superusers.programme", done="invitation_refused")


def _page(form: CharterForm) -> str:
    document = people.document(CHARTER, current_language())
    if document is None:
        raise NotFound
    invitation = queries.invitation_of(current_user)
    form.version.data = str(document.version)
    return render_template(
        "superusers/charter.html",
        document=document,
        form=form,
        invited=bool(rules.can_answer_invitation(current_user, invitation)),
        months=rules.TERM_MONTHS,
    )
