"""What belongs to oneself: profile and mails, password, sign-ins."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries
from app.accounts.forms import PasswordForm, SettingsForm
from app.accounts.limits import CHANGING_PASSWORDS, OWN_ACCOUNT
from app.accounts.models import Account
from app.accounts.names import name_key
from app.accounts.policies import signed_in
from app.accounts.session import remember_cookie
from app.accounts.views.blueprint import bp
from app.accounts.views.browser import browser_name
from app.accounts.views.budgets import SignInTry
from app.accounts.views.people import shown_member
from app.core.db import transaction
from app.core.errors import N_, Refused
from app.core.hashing import hash_password, is_right
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("/account/settings")
@policy(signed_in)
def settings() -> str:
    return _settings_page(SettingsForm(obj=queries.own_account(current_user)))


@bp.post("/account/settings")
@policy(signed_in)
@limited(OWN_ACCOUNT)
def settings_send() -> Response:
    form = SettingsForm()
    if form.validate():
        return redirect(once(lambda: _save(form)), 303)
    return make_response(_settings_page(form), 422)


def _settings_page(form: SettingsForm) -> str:
    row = queries.member_or_404(name_key(current_user.name), current_user)
    return render_template("accounts/settings.html", form=form, member=shown_member(row))


def _save(form: SettingsForm) -> str:
    actions.save_settings(
        current_user,
        about=(form.about.data or "").strip(),
        locale=form.locale.data,
        mail_answer=form.mail_answer.data,
        mail_mention=form.mail_mention.data,
        mail_acceptance=form.mail_acceptance.data,
        mail_standing=form.mail_standing.data,
    )
    return url_for("accounts.settings", done="settings_saved")


@bp.get("/account/password")
@policy(signed_in)
def password() -> str:
    return render_template("accounts/password.html", form=PasswordForm())


@bp.post("/account/password")
@policy(signed_in)
@limited(CHANGING_PASSWORDS)
def password_send() -> Response:
    """Not sent through once(): the answer carries the cookie of the new session."""
    form = PasswordForm()
    account = queries.own_account(current_user)
    form.known = (account.name, account.email or "")
    if form.validate():
        try:
            return _change(account, form)
        except Refused as error:
            form.refuse(error)
    return make_response(render_template("accounts/password.html", form=form), 422)


def _change(account: Account, form: PasswordForm) -> Response:
    proven_hash = account.password_hash
    _prove(account, form.current_password.data)
    new_hash = hash_password(form.new_password.data)
    with transaction():
        secret = actions.change_password(
            current_user, proven_hash=proven_hash, new_hash=new_hash, browser=browser_name()
        )
    remember_cookie(secret)
    return redirect(url_for("accounts.password", done="password_changed"), 303)


def _prove(account: Account, typed: str) -> None:
    """Raises Refused, and TooMany: an open browser must not become a place to guess."""
    attempt = SignInTry(account.email or "", None)
    attempt.begin()
    if not is_right(account.password_hash, typed):
        attempt.failed()
        raise Refused(
            N_("This is not your current password. Please check it."), field="current_password"
        )
    attempt.succeeded()


@bp.get("/account/sessions")
@policy(signed_in)
def sessions() -> str:
    found = [
        {
            "id": row.id,
            "browser": row.browser,
            "created_at": row.created_at,
            "seen_at": row.seen_at,
            "current": row.secret_hash == current_user.session_hash,
        }
        for row in queries.sessions_of(current_user.account_id)
    ]
    tokens = queries.tokens_of(current_user)
    return render_template("accounts/sessions.html", sessions=found, tokens=tokens)


@bp.post("/account/sessions/<id:session_id>/end")
@policy(signed_in)
@limited(OWN_ACCOUNT)
def end_session(session_id: int) -> Response:
    with transaction():
        found = queries.own_session_or_404(session_id, current_user)
        actions.end_session(current_user, found)
    return redirect(url_for("accounts.sessions", done="session_ended"), 303)


@bp.post("/account/tokens/<id:id>/revoke")
@policy(signed_in)
@limited(OWN_ACCOUNT)
def revoke_token(id: int) -> Response:
    with transaction():
        found = queries.own_token_or_404(id, current_user)
        actions.revoke_api_token(current_user, found)
    return redirect(url_for("accounts.sessions", done="token_revoked"), 303)
