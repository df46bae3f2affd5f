"""Which language a person reads: account, the switch's cookie, the browser, the operator's default;
and how the templates say things in it. German has two catalogues: what the forum says with "Sie",
and, where the operator chose "du", what it then says differently.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import flask_babel
from babel import Locale
from babel.dates import format_skeleton
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_babel, get_locale, get_timezone, get_translations
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.core.languages import COOKIE, DEFAULT, LANGUAGES, offered_language, wanted_language

if TYPE_CHECKING:
    from app.core.settings import Settings

_SITE = "helferkreis.locale.site"
#: What dates and words are looked up by: English dates are written "3 May 2026".
_LOCALES = {"de": "de", "en": "en_GB"}
_INFORMAL = {"de": "de@du"}  # gettext's way to write a variant

__all__ = [
    "COOKIE",
    "DEFAULT",
    "LANGUAGES",
    "current_catalogue",
    "current_language",
    "init_locale",
    "speaking",
    "spoken",
]


def init_locale(app: Flask, *, timezone: str, site: Callable[[], Settings]) -> None:
    """`site` tells what the operator offers; settings.py stands on modules that stand on this one."""
    app.extensions[_SITE] = site
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    babel = Babel(app, locale_selector=_choose)
    babel.domain_instance = Domain()
    babel.domain_instance.cache = _Catalogues()
    app.jinja_env.globals.update({"_": _say, "gettext": _say, "ngettext": _count})
    app.jinja_env.filters["numberformat"] = written_number
    app.jinja_env.filters["shortday"] = written_day


def current_language() -> str:
    """ "de" or "en"; German outside of a request."""
    try:  # what get_locale() keeps, a hundred times a page
        return str(g._flask_babel.babel_locale.language)
    except (AttributeError, RuntimeError):
        chosen = get_locale()
    return chosen.language if chosen else DEFAULT


def current_catalogue() -> str:
    """Whose words are said: "de", "de@du" or "en". What is made of words is kept apart by it."""
    try:
        locale = g._flask_babel.babel_locale
        modifier = locale.modifier
    except (AttributeError, RuntimeError):
        locale = get_locale() or Locale(DEFAULT)
        modifier = locale.modifier
    return f"{locale.language}@{modifier}" if modifier else str(locale.language)


def speaking(language: str) -> AbstractContextManager[None]:
    """Within, everything is said in this language, and in German the way the operator chose."""
    within: AbstractContextManager[None] = flask_babel.force_locale(_locale(language))
    return within


def _choose() -> str:
    """Outside of a request nobody is addressed, and there need not be a database to ask."""
    if not has_request_context():
        return DEFAULT
    chosen = getattr(current_user, "locale", None) or request.cookies.get(COOKIE)
    return _locale(spoken(wanted_language(chosen, request.headers.get("Accept-Language", ""))))


def _locale(language: str) -> str:
    site: Settings = current_app.extensions[_SITE]()
    if site.address == "du" and language in _INFORMAL:
        return _INFORMAL[language]
    return _LOCALES[language]


def spoken(wanted: str) -> str:
    """The language in which we answer or write to somebody who wants this one."""
    site: Settings = current_app.extensions[_SITE]()
    return offered_language(wanted, offered=site.languages, default=site.default_language)


def written_number(number: int) -> str:
    """12345 as "12.345" or "12,345"."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if current_language() == "de" else grouped


def written_day(moment: datetime) -> str:
    """A day of this year where the forum is at home: "3. Mai", "3 May"."""
    local = moment.astimezone(get_timezone())
    language = current_language()
    return str(format_skeleton("MMMd", local, locale="en_GB" if language == "en" else language))


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
    pattern, plain = _words(current_catalogue(), message, context.eval_ctx.autoescape)
    return plain if plain is not None and not values else pattern % values


@pass_context
def _count(context: Context, one: str, many: str, number: int, /, **values: Any) -> str:
    """What `ngettext()` is in templates."""
    found = _translations(current_catalogue()).ungettext(one, many, number)
    pattern = Markup(found) if context.eval_ctx.autoescape else found  # noqa: S704
    return pattern % {"num": number, **values}


@lru_cache
def _translations(_catalogue: str) -> Any:
    """The current catalogue, which is this one."""
    if not has_app_context():  # flask-babel would answer with an empty one, and we would keep it
        raise RuntimeError("Templates speak only inside an app context.")
    return get_translations()


@lru_cache(maxsize=4_096)
def _words(catalogue: str, message: str, is_html: bool) -> tuple[str, str | None]:
    """The translation as a pattern, and as it is said without values (None where it needs some)."""
    found = _translations(catalogue).ugettext(message)
    pattern = Markup(found) if is_html else found  # noqa: S704 — our own words, not a person's
    try:
        return pattern, pattern % {}
    except KeyError:
        return pattern, None


class _Catalogues(dict[tuple[str, str], NullTranslations]):
    """flask-babel's catalogues by locale and domain; it puts each here when it is first wanted.

    An informal one is made here: what it does not say is said as in the other one.
    """

    def __missing__(self, name: tuple[str, str]) -> Translations:
        locale, domain = name
        language, variant, _modifier = locale.partition("@")
        if not variant:
            raise KeyError(name)
        self[name] = both = Translations()
        for directory in get_babel().translation_directories:
            for known in (language, locale):
                found = Translations.load(directory, [known], domain)
                if isinstance(found, Translations):
                    both.merge(found)
        return both
