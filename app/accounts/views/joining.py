"""Registering, confirming the address, and setting a new password by mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries
from app.accounts.forms import ForgotForm, RegisterForm, ResetForm
from app.accounts.limits import ASKING_FOR_LINKS, OPENING_LINKS, REGISTERING
from app.accounts.models import Account
from app.accounts.policies import everyone
from app.accounts.views.blueprint import bp
from app.accounts.views.budgets import spend_link, spend_registration
from app.core.errors import Gone, Refused
from app.core.hashing import hash_password
from app.core.locale import current_language
from app.core.tokens import hash_of
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("/account/register")
@policy(everyone)
def register() -> str | Response:
    if current_user.is_authenticated:
        return redirect(url_for("forum.home"), 303)
    return render_template("accounts/register.html", form=RegisterForm())


@bp.post("/account/register")
@policy(everyone)
@limited(REGISTERING)
def register_send() -> Response:
    form = RegisterForm()
    if form.validate():
        spend_registration(form.email.address)
        password_hash = hash_password(form.password.data)
        try:
            return redirect(once(lambda: _register(form, password_hash)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(render_template("accounts/register.html", form=form), 422)


def _register(form: RegisterForm, password_hash: str) -> str:
    actions.register(
        current_user,
        name=form.name.data,
        email=form.email.address,
        password_hash=password_hash,
        locale=current_language(),
    )
    return url_for("accounts.registered")


@bp.get("/account/registered")
@policy(everyone)
def registered() -> str:
    return render_template("accounts/registered.html")


@bp.get("/account/confirm/<token>")
@policy(everyone)
def confirm(token: str) -> Response:
    """Shows a button: mail scanners open every link, so opening alone confirms nothing."""
    return _with_token(
        token,
        "confirm",
        lambda account: render_template("accounts/confirm.html", token=token, name=account.name),
    )


@bp.post("/account/confirm/<token>")
@policy(everyone)
@limited(OPENING_LINKS)
def confirm_send(token: str) -> Response:
    def act() -> str:
        actions.confirm_address(token)
        return url_for("accounts.confirmed")

    try:
        return redirect(once(act), 303)
    except Gone:
        return _link_gone()


@bp.get("/account/confirmed")
@policy(everyone)
def confirmed() -> str:
    return render_template("accounts/confirmed.html")


@bp.get("/account/forgot")
@policy(everyone)
def forgot() -> str:
    return render_template("accounts/forgot.html", form=ForgotForm())


@bp.post("/account/forgot")
@policy(everyone)
@limited(ASKING_FOR_LINKS)
def forgot_send() -> Response:
    form = ForgotForm()
    if not form.validate():
        return make_response(render_template("accounts/forgot.html", form=form), 422)
    spend_link(form.email.address)

    def act() -> str:
        actions.request_link(form.email.address)
        return url_for("accounts.forgot_sent")

    return redirect(once(act), 303)


@bp.get("/account/forgot/sent")
@policy(everyone)
def forgot_sent() -> str:
    return render_template("accounts/forgot_sent.html")


@bp.get("/account/reset/<token>")
@policy(everyone)
def reset(token: str) -> Response:
    return _with_token(token, "reset", lambda _: _reset_page(token, ResetForm()))


@bp.post("/account/reset/<token>")
@policy(everyone)
@limited(OPENING_LINKS)
def reset_send(token: str) -> Response:
    form = ResetForm()
    try:
        account = _account_of(token, "reset")
        form.known = (account.name, account.email or "")
        if not form.validate():
            return unshared(_reset_page(token, form), 422)
        new_hash = hash_password(form.password.data)
        location = once(lambda: _reset(token, new_hash))
    except Gone:
        return _link_gone()
    return redirect(location, 303)


def _reset(token: str, new_hash: str) -> str:
    actions.reset_password(token, new_hash=new_hash)
    return url_for("accounts.login", done="password_set")


def _reset_page(token: str, form: ResetForm) -> str:
    return render_template("accounts/reset.html", token=token, form=form)


def _with_token(token: str, purpose: str, show: Callable[[Account], Any]) -> Response:
    try:
        account = _account_of(token, purpose)
    except Gone:
        return _link_gone()
    return unshared(show(account), 200)


def _account_of(token: str, purpose: str) -> Account:
    """Whose link it is; raises Gone."""
    found = queries.account_by_id(queries.mail_token(hash_of(token), purpose).account_id)
    if found is None:
        raise Gone(queries.LINK_GONE)
    return found


def _link_gone() -> Response:
    page = render_template("accounts/link_gone.html", again=url_for("accounts.forgot"))
    return unshared(page, Gone.status)


def unshared(page: str, status: int) -> Response:
    """The address holds a secret: no cache keeps the page and no request names its path.

    Not "no-referrer": browsers then send "Origin: null" with the form, which we refuse.
    """
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
