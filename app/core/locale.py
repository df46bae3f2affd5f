"""Which language a person reads: account, the switch's cookie, the browser, German."""

from __future__ import annotations

from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_login import current_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = ("de", "en")
DEFAULT = "de"
COOKIE = "lang"

__all__ = [
    "COOKIE",
    "DEFAULT",
    "LANGUAGES",
    "current_language",
    "force_locale",
    "init_locale",
    "language_of_guest",
]


def init_locale(app: Flask, *, timezone: str) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    Babel(app, locale_selector=_choose)


def current_language() -> str:
    """ "de" or "en"; German outside of a request."""
    chosen = get_locale()
    return chosen.language if chosen else DEFAULT


def _choose() -> str:
    if not has_request_context():
        return DEFAULT
    wanted = getattr(current_user, "locale", None) or request.cookies.get(COOKIE)
    return language_of_guest(wanted, request.headers.get("Accept-Language", ""))


def language_of_guest(chosen: str | None, accepted: str) -> str:
    """What was chosen, else the best of this Accept-Language; the page cache asks as well."""
    if chosen in LANGUAGES:
        return str(chosen)
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, DEFAULT) or DEFAULT
