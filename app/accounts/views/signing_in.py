"""Sign in, sign out, choose a language."""

from __future__ import annotations

import structlog
from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries
from app.accounts.addresses import address_key
from app.accounts.forms import SignInForm
from app.accounts.limits import OWN_ACCOUNT, SIGNING_IN
from app.accounts.models import EMAIL_LENGTH, TEAM, Account
from app.accounts.policies import everyone, signed_in
from app.accounts.rules import can_sign_in
from app.accounts.session import is_https, remember_cookie
from app.accounts.views.blueprint import bp
from app.accounts.views.browser import browser_name
from app.accounts.views.budgets import SignInTry, mark_device, may_send_link
from app.core import slots
from app.core.db import transaction
from app.core.errors import N_, BadRequest
from app.core.hashing import hash_password, is_outdated, is_right
from app.core.languages import COOKIE
from app.core.logs import mark_of
from app.core.settings import load_settings
from app.core.web.limits import client_network, limited
from app.core.web.own_paths import own_path
from app.core.web.policy import policy

LANGUAGE_DAYS = 365

log = structlog.get_logger()


@bp.get("/account/login")
@policy(everyone)
def login() -> str | Response:
    if current_user.is_authenticated:
        return redirect(_next(current_user.role), 303)
    return _page(SignInForm())


@bp.post("/account/login")
@policy(everyone)
@limited(SIGNING_IN)
def login_send() -> Response:
    """Not sent through once(): a repeated sign-in must set a cookie of its own."""
    form = SignInForm()
    if form.validate():
        account = _proven(form)
        if account is not None and _may_enter(account, form):
            return _enter(account, form.password.data)
    return make_response(_page(form), 422)


def _page(form: SignInForm) -> str:
    aside = slots.fill("sign_in.aside", current_user, ()).get(0, [])
    return render_template("accounts/login.html", form=form, aside=aside)


def _proven(form: SignInForm) -> Account | None:
    """The account if the password is right. Unknown addresses take as long and say the same."""
    typed = form.email.data.strip()[:EMAIL_LENGTH]
    account = queries.account_by_address(address_key(typed))
    attempt = SignInTry(typed, account.id if account else None)
    attempt.begin()
    if is_right(account.password_hash if account else None, form.password.data):
        attempt.succeeded()
        return account
    attempt.failed()
    _note_failure(account)
    form.form_errors.append(
        _("The e-mail address or the password is not right. Please check both.")
    )
    return None


def _note_failure(account: Account | None) -> None:
    """Guesses in a row of one network, or at one account, are seen without naming either."""
    number = account.id if account else None
    log.info("sign_in_failed", account=number, network=mark_of(client_network()))


def _may_enter(account: Account, form: SignInForm) -> bool:
    verdict = can_sign_in(account.state)
    if not verdict:
        if account.state == "pending" and may_send_link(account.email or ""):
            with transaction():
                actions.request_link(account.email or "")
        form.form_errors.append(_(verdict.message, **verdict.values))
    return bool(verdict)


def _enter(account: Account, password: str) -> Response:
    account_id, role, proven_hash = account.id, account.role, account.password_hash
    renewed = hash_password(password) if is_outdated(proven_hash or "") else None
    with transaction():
        actions.sign_out(current_user)
        secret = actions.sign_in(
            account_id, proven_hash=proven_hash, new_hash=renewed, browser=browser_name()
        )
    remember_cookie(secret)
    response = redirect(_next(role), 303)
    mark_device(response, account_id)
    return response


@bp.post("/account/logout")
@policy(everyone)
@limited(OWN_ACCOUNT)
def logout() -> Response:
    with transaction():
        actions.sign_out(current_user)
    remember_cookie(None)
    return redirect(url_for("forum.home", done="signed_out"), 303)


@bp.post("/account/logout-everywhere")
@policy(signed_in)
@limited(OWN_ACCOUNT)
def logout_everywhere() -> Response:
    with transaction():
        actions.sign_out_everywhere(current_user)
    remember_cookie(None)
    return redirect(url_for("accounts.login", done="signed_out_everywhere"), 303)


@bp.post("/account/language")
@policy(everyone)
@limited(OWN_ACCOUNT)
def language() -> Response:
    """A cookie for this browser and, for members, the account's language for pages and mails."""
    wanted = request.form.get("lang", "")
    if wanted not in load_settings().languages:
        raise BadRequest(N_("The forum does not speak this language. Please choose another one."))
    if current_user.is_authenticated:
        with transaction():
            actions.choose_language(current_user, wanted)
    response = redirect(_next(current_user.role), 303)
    response.set_cookie(
        COOKIE,
        wanted,
        max_age=LANGUAGE_DAYS * 24 * 60 * 60,
        secure=is_https(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _next(role: str) -> str:
    """Where one wanted to go; else the team begins its day at the desk, everybody else in the forum."""
    wanted = request.form.get("next") or request.args.get("next")
    return own_path(wanted) or url_for("desk.inbox" if role in TEAM else "forum.home")
