"""Unsafe requests must come from our own pages: Origin, Sec-Fetch-Site and a dated form token.

The token needs no cookie: a guest's is signed and dated, a member's also bound to the session.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask_login import current_user
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from app.core.errors import N_, AppError, Forbidden
from app.core.web.pieces import init_pieces
from app.core.web.programs import is_for_programs

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
GUEST = "guest"
MAX_AGE_SECONDS = 12 * 60 * 60
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class StalePage(AppError):
    """The page was open too long, or somebody signed in or out meanwhile; nothing is lost."""

    status = 400
    title = N_("This page was open for a long time")


def init_protection(app: Flask) -> None:
    app.before_request(_check)
    init_pieces(app, form_token)


def form_token() -> str:
    """The token of this page, for the person who looks at it; one page, one token."""
    if "form_token" not in g:
        bound = _bound_to()
        signer = _HourlySigner if bound == GUEST else TimestampSigner
        g.form_token = _serializer(signer).dumps(bound)
    return str(g.form_token)


def _check() -> None:
    if request.method in SAFE_METHODS or request.endpoint is None:
        return
    if is_for_programs():  # no cookie is looked at there, so no browser can be made to send one
        return
    if not _from_our_pages():
        raise Forbidden(
            N_("This request came from another website. Please use the forum’s own page.")
        )
    try:
        bound = _serializer().loads(
            request.form.get(FIELD) or request.headers.get(HEADER, ""), max_age=MAX_AGE_SECONDS
        )
    except BadSignature:
        bound = None
    if bound != _bound_to():
        raise StalePage(
            N_("For your safety, please send it once more. What you wrote is kept below.")
        )


def _from_our_pages() -> bool:
    """False where the browser says otherwise; silent old browsers still need the token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or _host_of(origin) == request.host.lower()


def _host_of(origin: str) -> str | None:
    """None for what is no address: nobody's, and so not ours."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _bound_to() -> str:
    session_hash = getattr(current_user, "session_hash", None)
    return hashlib.sha256(session_hash.encode()).hexdigest()[:32] if session_hash else GUEST


def _serializer(signer: type[TimestampSigner] = TimestampSigner) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="form", signer=signer)


class _HourlySigner(TimestampSigner):
    """Dates by the full hour: all guests of an hour get the same page, byte for byte, so that it
    can be kept and recognised by its ETag. A guest's token never told one guest from another.
    """

    def get_timestamp(self) -> int:
        return super().get_timestamp() // 3600 * 3600
