"""The link that asks somebody into the team: a new account, or the role for the one that is there."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries
from app.accounts.forms import InvitationForm
from app.accounts.limits import OPENING_LINKS
from app.accounts.policies import everyone
from app.accounts.session import remember_cookie
from app.accounts.views.blueprint import bp
from app.accounts.views.browser import browser_name
from app.accounts.views.joining import unshared
from app.core.errors import Conflict, Forbidden, Gone, Refused
from app.core.hashing import hash_password
from app.core.locale import current_language
from app.core.tokens import hash_of
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("/account/invitation/<token>")
@policy(everyone)
def invitation(token: str) -> Response:
    try:
        return unshared(_page(token, InvitationForm()), 200)
    except Gone:
        return _link_gone()


@bp.post("/account/invitation/<token>")
@policy(everyone)
@limited(OPENING_LINKS)
def invitation_send(token: str) -> Response:
    form = InvitationForm()
    try:
        form.address = queries.invitation_by_secret(hash_of(token)).email
        if current_user.is_authenticated:
            return redirect(once(lambda: _join(token)), 303)
        if form.validate():
            password_hash = hash_password(form.password.data)
            return redirect(once(lambda: _accept(token, form, password_hash)), 303)
    except Gone:
        return _link_gone()
    except (Conflict, Forbidden, Refused) as error:
        field = getattr(error, "field", None)
        form.refuse(Refused(error.message, field=field, **error.values))
    return unshared(_page(token, form), 422)


def _accept(token: str, form: InvitationForm, password_hash: str) -> str:
    remember_cookie(
        actions.accept_invitation(
            token,
            name=form.name.data or "",
            password_hash=password_hash,
            locale=current_language(),
            browser=browser_name(),
        )
    )
    return url_for("desk.inbox", done="joined_team")


def _join(token: str) -> str:
    remember_cookie(actions.join_team(current_user, token, browser=browser_name()))
    return url_for("desk.inbox", done="joined_team")


def _page(token: str, form: InvitationForm) -> str:
    """Raises Gone. `visitor` says who is looking: nobody, the invited member, or somebody else."""
    found = queries.invitation_by_secret(hash_of(token))
    inviter = queries.account_by_id(found.invited_by)
    member = queries.account_by_address(found.email_key)
    is_member = member is not None and member.state != "pending"
    return render_template(
        "accounts/invitation.html",
        token=token,
        form=form,
        email=found.email,
        role=found.role,
        inviter=inviter.name if inviter else "",
        member=member.name if is_member and member else None,
        visitor=_visitor(member.id if is_member and member else None),
    )


def _visitor(member_id: int | None) -> str:
    if not current_user.is_authenticated:
        return "guest"
    return "member" if current_user.id == member_id else "other"


def _link_gone() -> Response:
    """Nobody can ask for such a link; whoever invited can send another one."""
    page: Any = render_template("accounts/invitation_gone.html")
    return unshared(page, Gone.status)
