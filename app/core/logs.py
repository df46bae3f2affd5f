"""What the forum writes about itself: one line an event on standard error, JSON in production.

No line holds what people wrote, who they are, or a secret: accounts are numbers, networks are marks,
and tracebacks show neither variables nor the values of a query.
"""

from __future__ import annotations

import hmac
import logging
import re
import sys
from typing import Any

import structlog
from flask import current_app, g, request
from structlog.typing import EventDict, Processor, WrappedLogger

from app.config import Config

MARK_LENGTH = 12
#: PostgreSQL's driver repeats here the row that did not fit.
_VALUES = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


def init_logs(config: Config) -> None:
    """For this process: our own lines and those of the libraries that use `logging`."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_values,
            _renderer(config),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    logging.getLogger("app").handlers = [_Forward()]


def mark_of(text: str) -> str:
    """The same text has the same mark, from which nobody without our key finds the text again."""
    key = (current_app.secret_key or "").encode()  # type: ignore[union-attr]
    return hmac.new(key, text.encode("utf-8", "replace"), "sha256").hexdigest()[:MARK_LENGTH]


def where() -> dict[str, Any]:
    """Which route with which ids, and who asked. Never the path: some paths hold a secret."""
    ids = {name: value for name, value in (request.view_args or {}).items() if type(value) is int}
    route = request.url_rule.rule if request.url_rule else None
    # Not current_user: it would ask the database, which may be what has just failed.
    account = getattr(g.get("_login_user"), "id", None)
    return {"method": request.method, "route": route, **ids, "account": account}


def _renderer(config: Config) -> Processor:
    if config.is_production:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=False)


def _without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if "exception" in event:
        event["exception"] = _VALUES.sub(r"\1 is not logged.", event["exception"])
    return event


class _Forward(logging.Handler):
    """Lines of libraries, and of Flask, take the same way as ours."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info
        )
