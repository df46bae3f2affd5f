"""What every response says to the browser, and which requests are turned away at the door."""

from __future__ import annotations

from flask import Flask, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from app.config import MAX_BODY_BYTES, Config

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
LASTING = "public, max-age=31536000, immutable"
HSTS = "max-age=31536000; includeSubDomains"
MAX_FORM_PARTS = 100
#: Who sends one of these gets nothing from a cache, and no cache keeps what they get.
SESSION_COOKIES = ("session", "__Host-session")


def init_headers(app: Flask, config: Config) -> None:
    """Set the limits that Flask leaves open, and the headers on every answer, errors included."""
    app.config.update(
        TRUSTED_HOSTS=list(config.trusted_hosts),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.after_request(_secure)


def lasting(response: Response) -> Response:
    """For an answer that never changes under its address and is the same for everybody."""
    response.headers["Cache-Control"] = LASTING
    return response


def _secure(response: Response) -> Response:
    headers = response.headers
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", HSTS)
    if request.endpoint != "static" and not response.cache_control.public:
        headers.setdefault("Cache-Control", _cache_rule(response))
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def _cache_rule(response: Response) -> str:
    """Nobody keeps a page made for a member; a guest's page is asked for anew each time."""
    is_own = (
        any(name in request.cookies for name in SESSION_COOKIES)
        or "Set-Cookie" in response.headers
        or (current_user and current_user.is_authenticated)
    )
    return "no-store" if is_own else "private, no-cache"
