"""Nominations, for the team: the list, one of them, and the decision about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy
from app.superusers import actions, display, queries, rules
from app.superusers.forms import NoteForm, ReasonForm
from app.superusers.limits import STEERING
from app.superusers.views.blueprint import staff_bp

FILTERS = ("open", "decided")


@staff_bp.get("/superusers/nominations")
@policy(staff)
def nominations() -> str:
    wanted = request.args.get("filter", "")
    filter_ = wanted if wanted in FILTERS else FILTERS[0]
    rows, following = queries.nominations_page(filter_, after=cursor_from_request())
    here = "superusers_staff.nominations"
    page = Page(
        [display.nomination(row) for row in rows],
        next=url_for(here, filter=filter_, after=cursor_text(following)) if following else None,
        previous=url_for(here, filter=filter_) if request.args.get("after") else None,
    )
    return render_template("superusers/nominations.html", page=page, filter=filter_)


@staff_bp.get("/superusers/nominations/<id:id>")
@policy(staff)
def nomination(id: int) -> str:
    return _page(id, NoteForm())


@staff_bp.post("/superusers/nominations/<id:id>/confirm")
@policy(staff)
@limited(STEERING)
def confirm(id: int) -> Response:
    return _decide(id, NoteForm(), actions.confirm_nomination, "nomination_confirmed")


@staff_bp.post("/superusers/nominations/<id:id>/decline")
@policy(staff)
@limited(STEERING)
def decline(id: int) -> Response:
    return _decide(id, ReasonForm(), actions.decline_nomination, "nomination_declined")


@staff_bp.post("/superusers/nominations/<id:id>/withdraw")
@policy(staff)
@limited(STEERING)
def withdraw(id: int) -> Response:
    return _decide(id, ReasonForm(), actions.withdraw_invitation, "invitation_withdrawn")


def _decide(id: int, form: NoteForm | ReasonForm, act: Callable[..., None], done: str) -> Response:
    queries.nomination_or_404(id, current_user)

    def decide() -> str:
        act(current_user, id, reason=(form.reason.data or "").strip())
        return url_for("superusers_staff.nomination", id=id, done=done)

    if form.validate():
        return redirect(once(decide), 303)
    return make_response(_page(id, form), 422)


def _page(id: int, form: NoteForm | ReasonForm) -> str:
    found: Any = queries.nomination_or_404(id, current_user)
    deciding = rules.can_decide_nomination(current_user, found)
    return render_template(
        "superusers/nomination.html",
        nomination=display.nomination(found),
        form=form,
        can={
            "decide": bool(deciding),
            "withdraw": bool(rules.can_withdraw_invitation(current_user, found)),
        },
        why=deciding if found.state == "open" and not deciding else None,
    )
