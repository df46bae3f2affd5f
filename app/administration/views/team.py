"""Who is in the team, who is invited, and in which role."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries, rules
from app.accounts.actor import Actor
from app.accounts.display import person
from app.accounts.policies import staff
from app.administration.forms import GIVEN, InvitationForm
from app.administration.limits import INVITED_ADDRESS, INVITING, SETTING_UP
from app.administration.views.blueprint import bp
from app.core import clock
from app.core.db import transaction
from app.core.errors import Conflict, NotFound, Refused
from app.core.locale import current_language
from app.core.web.idempotency import once
from app.core.web.limits import limited, spend
from app.core.web.policy import policy


@bp.get("/team")
@policy(staff)
def team() -> str:
    form = InvitationForm()
    form.locale.data = current_language()
    return _page(form)


@bp.post("/team")
@policy(staff)
@limited(INVITING)
def invite() -> Response:
    form = InvitationForm()
    if form.validate():
        spend(INVITED_ADDRESS, rules.address_key(form.address))
        try:
            return redirect(once(lambda: _invite(form)), 303)
        except (Conflict, Refused) as error:
            field = getattr(error, "field", None)
            form.refuse(Refused(error.message, field=field, **error.values))
    return make_response(_page(form), 422)


@bp.post("/team/invitations/<id:id>/resend")
@policy(staff)
@limited(INVITING)
def resend(id: int) -> Response:
    address = queries.open_invitation_or_404(id).email_key
    spend(INVITED_ADDRESS, address)
    return _act(id, actions.send_invitation_again, "invited")


@bp.post("/team/invitations/<id:id>/withdraw")
@policy(staff)
@limited(SETTING_UP)
def withdraw(id: int) -> Response:
    return _act(id, actions.withdraw_team_invitation, "invitation_taken_back")


@bp.post("/team/<id:id>/role")
@policy(staff)
@limited(SETTING_UP)
def set_role(id: int) -> Response:
    role = request.form.get("role", "")
    if role not in GIVEN:
        raise NotFound
    with transaction():
        actions.set_role(current_user, id, role)
    return redirect(url_for("administration.team", done="role_changed"), 303)


def _invite(form: InvitationForm) -> str:
    actions.invite_to_team(
        current_user, email=form.address, role=form.role.data, locale=form.locale.data
    )
    return url_for("administration.team", done="invited")


def _act(invitation_id: int, act: Callable[[Actor, int], None], done: str) -> Response:
    with transaction():
        act(current_user, invitation_id)
    return redirect(url_for("administration.team", done=done), 303)


def _page(form: InvitationForm) -> str:
    moment = clock.now()
    return render_template(
        "administration/team.html",
        form=form,
        members=[
            person(row.name, role=row.role, state=row.state).with_more(
                id=row.id,
                email=row.email,
                state=row.state,
                signed_in_at=row.signed_in_at,
                is_me=row.id == current_user.id,
                roles=[r for r in GIVEN if rules.can_set_role(current_user, row, r)],
            )
            for row in queries.team()
        ],
        invitations=[
            {**row._mapping, "is_over": row.expires_at <= moment}
            for row in queries.open_invitations()
        ],
    )
