"""Signed-in browsers: a secret in a cookie, its hash in a row; the actor is loaded once a request."""

from __future__ import annotations

import hashlib
import secrets

from flask import Flask, Request, current_app, g
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager
from werkzeug.wrappers import Response

from app.accounts import queries
from app.accounts.actor import GUEST, Actor

LIFETIME_DAYS = 14
SECRET_BYTES = 32


class _NoFlaskSession(SessionInterface):
    """Flask's own session is never kept: guests get no cookie, members have a row."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        return SecureCookieSession()

    def save_session(self, app: Flask, session: object, response: object) -> None:
        return None


def init_sessions(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None
    manager.anonymous_user = lambda: GUEST
    manager.request_loader(_actor_of)
    manager.init_app(app, add_context_processor=False)
    app.session_interface = _NoFlaskSession()
    app.after_request(_set_cookie)


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to https, where there is https."""
    return "__Host-session" if current_app.extensions["helferkreis.config"].is_https else "session"


def new_secret() -> tuple[str, str]:
    """A fresh session secret and the hash under which it is stored."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return secret, hash_of(secret)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def remember_cookie(secret: str | None) -> None:
    """Send the browser this secret with the answer; None takes the cookie away."""
    g.session_cookie = secret


def _actor_of(request: Request) -> Actor | None:
    secret = request.cookies.get(cookie_name())
    return queries.actor_by_session(hash_of(secret)) if secret else None


def _set_cookie(response: Response) -> Response:
    if "session_cookie" in g:
        flags = {"secure": cookie_name().startswith("__Host-"), "httponly": True, "samesite": "Lax"}
        if g.session_cookie:
            age = LIFETIME_DAYS * 24 * 60 * 60
            response.set_cookie(cookie_name(), g.session_cookie, max_age=age, path="/", **flags)
        else:
            response.delete_cookie(cookie_name(), path="/", **flags)
    return response
