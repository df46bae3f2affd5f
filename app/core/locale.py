"""Which language a person reads: account, the switch's cookie, the browser, German."""

from __future__ import annotations

from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_login import current_user

LANGUAGES = ("de", "en")
DEFAULT = "de"
COOKIE = "lang"

__all__ = ["COOKIE", "DEFAULT", "LANGUAGES", "current_language", "force_locale", "init_locale"]


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
    if wanted in LANGUAGES:
        return str(wanted)
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT
