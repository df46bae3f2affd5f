"""Every error becomes a page, or a fragment for script, in one place. Nothing typed is lost."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, current_app, g, make_response, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from app.core.api import as_json, bare_json
from app.core.db import roll_back
from app.core.errors import N_, AppError, BadRequest, NotFound, TooMany, Unavailable
from app.core.logs import where
from app.core.web.idempotency import FIELD as KEY_FIELD
from app.core.web.programs import is_for_programs
from app.core.web.protection import FIELD as TOKEN_FIELD
from app.core.web.protection import SAFE_METHODS, StalePage

log = structlog.get_logger()

NEVER_SHOWN = frozenset({"password", "new_password", "current_password", TOKEN_FIELD, KEY_FIELD})
RETRY_AFTER_SECONDS = {503: 30}  # 429: core.web.limits knows better
#: PostgreSQL's states that its driver does not count as operational: only reading is allowed; the
#: transaction was idle for too long.
WEATHER_STATES = frozenset({"25006", "25P03"})
#: Here nothing is wrong with what was sent: the same, sent once more, will do.
PASSING = (StalePage, TooMany, Unavailable)
REFUSALS = frozenset({401, 403, 429})  # who may not, and who tries too often, is noted
SENTENCES = {
    400: N_("The server could not read what the browser sent. Please go back and try again."),
    404: NotFound().message,
    405: N_(
        "This address does not take that kind of request. Please start from the forum’s own pages."
    ),
    413: N_(
        "What you sent is too large. A post may have 20,000 characters, a picture 512 kB. "
        "Please make it smaller or send it in two parts."
    ),
    415: N_(
        "The server does not understand this kind of content. Please use the forum’s own forms."
    ),
}


class Failure(AppError):
    """Something broke on our side; the reference finds it in the log."""

    title = N_("Something went wrong on our side")


def init_error_pages(app: Flask) -> None:
    app.register_error_handler(AppError, _show)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(TimeoutError, _no_connection_left)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    response = _show(_translated(error))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _translated(error: HTTPException) -> AppError:
    status = error.code or 500
    if status == 404:
        shown: AppError = NotFound()
    elif status < 500:
        shown = BadRequest(SENTENCES.get(status, SENTENCES[400]))
    else:
        shown = Failure(
            N_("Your request could not be finished. Please try again in a few minutes.")
        )
    shown.status = status
    return shown


def _database(error: DBAPIError) -> Response:
    """Busy, unreachable, read-only or full: the page says so and keeps the text."""
    if not _is_weather(error):
        return _unexpected(error)
    log.error("database_unavailable", error=str(error.orig))
    return _unavailable()


def _is_weather(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return isinstance(error, OperationalError) or state in WEATHER_STATES


def _no_connection_left(_error: TimeoutError) -> Response:
    log.error("database_connections_used_up")
    return _unavailable()


def _unavailable() -> Response:
    if "_login_user" not in g:  # nobody could be recognised; asking again would fail again
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    if request.method in SAFE_METHODS:
        return _show(Unavailable(N_("The forum cannot read right now. Please try in a minute.")))
    return _show(
        Unavailable(
            N_(
                "The forum cannot save anything right now; reading mostly works. "
                "Please send it once more in a minute."
            )
        )
    )


def _unexpected(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.exception("unexpected_error", reference=reference, **where())
    failure = Failure(N_("We have noted the error. Please try again in a few minutes."))
    return _show(failure, reference=reference)


def _show(error: AppError, *, reference: str | None = None) -> Response:
    roll_back()
    if error.status in REFUSALS or isinstance(error, StalePage):
        log.info("request_refused", status=error.status, why=type(error).__name__, **where())
    try:
        response = _answer(error, reference)
    except Exception:
        # Without database or with a foreign host not even the layout can be drawn.
        log.exception("error_page_failed", status=error.status)
        response = bare_json(error) if is_for_programs() else _bare_answer(error)
    if error.status in RETRY_AFTER_SECONDS:
        response.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS[error.status]))
    return response


def _answer(error: AppError, reference: str | None) -> Response:
    if is_for_programs():
        return as_json(error, reference)
    return make_response(_page(error, reference), error.status)


def _page(error: AppError, reference: str | None) -> str:
    page = "errors/_error.html" if request.headers.get("HX-Request") else "errors/error.html"
    return render_template(
        page,
        status=error.status,
        title=_(error.title),
        sentence=_(error.message, **error.values),
        reference=reference,
        kept=_kept(),
        resend=isinstance(error, PASSING) and _may_be_sent_again(),
    )


def _bare_answer(error: AppError) -> Response:
    return make_response(_bare_page(error), error.status)


def _bare_page(error: AppError) -> str:
    """Both languages, no template, no database; what was typed is on the page to be copied."""
    kept = Markup("").join(Markup("<pre>{}</pre>").format(text) for text in _kept().values())
    return Markup(
        '<!doctype html><html lang="de"><meta charset="utf-8"><title>{status}</title>'
        "<h1>Das hat gerade nicht geklappt</h1><p>Bitte versuchen Sie es in einer Minute noch "
        'einmal.</p><p lang="en">That did not work. Please try again in a minute.</p>{kept}'
        '<p><a href="/imprint">Impressum</a></p></html>'
    ).format(status=error.status, kept=kept)


def _kept() -> dict[str, str]:
    """What the person typed, for the page to show; empty when the body itself is unreadable."""
    try:
        form: Any = request.form
    except HTTPException:
        return {}
    return {
        name: value for name, value in form.items() if name not in NEVER_SHOWN and value.strip()
    }


def _may_be_sent_again() -> bool:
    """A form without a password, which no page repeats."""
    return request.method == "POST" and not any("password" in name for name in request.form)
