"""Signed-in browsers: a secret in a cookie, its hash in a row; the actor is loaded once a request.

How long a session lives without use is counted from the row's `seen_at`, which only unsafe requests
write (at most hourly), or from a time that is signed into the cookie and renewed by any page, so that
reading keeps a session alive although a GET never writes to the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask, Request, current_app, g, request
from flask.sessions import SecureCookieSession, SessionInterface
from flask_login import LoginManager, current_user
from itsdangerous import BadSignature, TimestampSigner
from sqlalchemy import update
from werkzeug.wrappers import Response

from app.accounts import bearer, queries
from app.accounts.actor import GUEST, Actor
from app.accounts.models import LIFETIME_DAYS, SignedInSession
from app.core import clock
from app.core.db import db, transaction
from app.core.tokens import hash_of, new_secret
from app.core.web.headers import SESSION_COOKIES
from app.core.web.programs import is_for_programs
from app.core.web.protection import SAFE_METHODS

__all__ = [
    "LIFETIME_DAYS",
    "cookie_name",
    "hash_of",
    "init_sessions",
    "new_secret",
    "remember_cookie",
]

IDLE_DAYS = 14
STAFF_LIFETIME_DAYS = 7
STAFF_IDLE_HOURS = 12
RENEW_MINUTES = 60
#: Pages that must answer without the database, and answers that are kept for everybody.
WITHOUT_PERSON = frozenset({"health", "look"})


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
    app.before_request(bearer.refuse_bad_token)
    app.before_request(_note_use)
    app.after_request(_set_cookie)
    app.after_request(bearer.keep_from_caches)


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to https, where there is https."""
    plain, bound = SESSION_COOKIES
    return bound if is_https() else plain


def is_https() -> bool:
    return bool(current_app.extensions["helferkreis.config"].is_https)


def remember_cookie(secret: str | None) -> None:
    """Send the browser this secret with the answer; None takes the cookie away."""
    g.session_cookie = secret


def idle_time(actor: Actor) -> timedelta:
    return timedelta(hours=STAFF_IDLE_HOURS) if actor.is_staff else timedelta(days=IDLE_DAYS)


def life_time(actor: Actor) -> timedelta:
    return timedelta(days=STAFF_LIFETIME_DAYS if actor.is_staff else LIFETIME_DAYS)


def _actor_of(request: Request) -> Actor | None:
    return bearer.actor_of(request) if is_for_programs() else _actor_by_cookie(request)


def _actor_by_cookie(request: Request) -> Actor | None:
    cookie = request.cookies.get(cookie_name())
    if not cookie or request.blueprint in WITHOUT_PERSON:
        return None
    secret = cookie.partition(".")[0]
    found = queries.actor_by_session(hash_of(secret))
    if found is None:
        return None
    actor, times = found
    seen = max(times.seen_at, _signed_time(cookie) or times.seen_at)
    now = clock.now()
    if now - seen > idle_time(actor) or now - times.created_at > life_time(actor):
        return None
    g.session_use = (secret, seen, times.seen_at)
    return actor


def _signed_time(cookie: str) -> datetime | None:
    """When a page last renewed this cookie; None for one without a time, or with a forged one."""
    try:
        return _signer().unsign(cookie, return_timestamp=True)[1]
    except BadSignature:
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="session-seen")


def _note_use() -> None:
    """Write when the browser was last used, for its owner's list; never on a GET."""
    if request.method in SAFE_METHODS or not current_user.is_authenticated:
        return
    if current_user.token_scope is not None:
        bearer.note_use(current_user)
        return
    secret, _seen, written = g.session_use
    if _is_stale(written):
        with transaction():
            db.session.execute(
                update(SignedInSession)
                .where(SignedInSession.secret_hash == hash_of(secret))
                .values(seen_at=clock.now())
            )


def _is_stale(moment: datetime) -> bool:
    return clock.now() - moment > timedelta(minutes=RENEW_MINUTES)


def _set_cookie(response: Response) -> Response:
    if "session_cookie" in g:
        _send(response, g.session_cookie)
    elif "session_use" in g and _is_stale(g.session_use[1]):
        _send(response, g.session_use[0])
    return response


def _send(response: Response, secret: str | None) -> None:
    name, secure = cookie_name(), is_https()
    if secret is None:
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
    else:
        value = _signer().sign(secret).decode()
        age = timedelta(days=IDLE_DAYS)
        response.set_cookie(
            name, value, max_age=age, path="/", secure=secure, httponly=True, samesite="Lax"
        )
