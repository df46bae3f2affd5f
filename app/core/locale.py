"""Which language a person reads: account, the switch's cookie, the browser, the operator's default;
and how the templates say things in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, get_timezone, get_translations
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.core.languages import COOKIE, DEFAULT, LANGUAGES, offered_language, wanted_language

if TYPE_CHECKING:
    from app.core.settings import Settings

_SITE = "helferkreis.locale.site"

__all__ = [
    "COOKIE",
    "DEFAULT",
    "LANGUAGES",
    "current_language",
    "force_locale",
    "init_locale",
    "spoken",
]


def init_locale(app: Flask, *, timezone: str, site: Callable[[], Settings]) -> None:
    """`site` tells what the operator offers; settings.py stands on modules that stand on this one."""
    app.extensions[_SITE] = site
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    Babel(app, locale_selector=_choose)
    app.jinja_env.globals.update({"_": _say, "gettext": _say, "ngettext": _count})
    app.jinja_env.filters["numberformat"] = written_number


def current_language() -> str:
    """ "de" or "en"; German outside of a request."""
    try:  # what get_locale() keeps, a hundred times a page
        return str(g._flask_babel.babel_locale.language)
    except (AttributeError, RuntimeError):
        chosen = get_locale()
    return chosen.language if chosen else DEFAULT


def _choose() -> str:
    if not has_request_context():
        return DEFAULT
    chosen = getattr(current_user, "locale", None) or request.cookies.get(COOKIE)
    return spoken(wanted_language(chosen, request.headers.get("Accept-Language", "")))


def spoken(wanted: str) -> str:
    """The language in which we answer or write to somebody who wants this one."""
    site: Settings = current_app.extensions[_SITE]()
    return offered_language(wanted, offered=site.languages, default=site.default_language)


def written_number(number: int) -> str:
    """12345 as "12.345" or "12,345"."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if current_language() == "de" else grouped


def written_time(moment: datetime) -> str:
    """A day and a time where the forum is at home: "3. Mai 2026, 14:05", "3 May 2026, 14:05"."""
    language, local = current_language(), moment.astimezone(get_timezone())
    dot = "." if language == "de" else ""
    return f"{local.day}{dot} {_months(language)[local.month]} {local.year}, {local:%H:%M}"


@lru_cache
def _months(language: str) -> dict[int, str]:
    return dict(Locale(language).months["format"]["wide"])


@pass_context
def _say(context: Context, message: str, /, **values: Any) -> str:
    """What `_()` is in templates: the words of flask-babel, found once for each language."""
    pattern, plain = _words(current_language(), message, context.eval_ctx.autoescape)
    return plain if plain is not None and not values else pattern % values


@pass_context
def _count(context: Context, one: str, many: str, number: int, /, **values: Any) -> str:
    """What `ngettext()` is in templates."""
    found = _translations(current_language()).ungettext(one, many, number)
    pattern = Markup(found) if context.eval_ctx.autoescape else found  # noqa: S704
    return pattern % {"num": number, **values}


@lru_cache
def _translations(_language: str) -> Any:
    """The catalogue of the current language, which is this one."""
    if not has_app_context():  # flask-babel would answer with an empty one, and we would keep it
        raise RuntimeError("Templates speak only inside an app context.")
    return get_translations()


@lru_cache(maxsize=4_096)
def _words(language: str, message: str, is_html: bool) -> tuple[str, str | None]:
    """The translation as a pattern, and as it is said without values (None where it needs some)."""
    found = _translations(language).ugettext(message)
    pattern = Markup(found) if is_html else found  # noqa: S704 — our own words, not a person's
    try:
        return pattern, pattern % {}
    except KeyError:
        return pattern, None
