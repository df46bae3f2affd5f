"""The one source of time, so that tests and the demo community can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import current_app

_then: ContextVar[datetime | None] = ContextVar("then", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC, to the microsecond."""
    return _then.get() or datetime.now(UTC)


def here() -> datetime:
    """The same moment where the forum is at home; needs an app context."""
    return now().astimezone(ZoneInfo(current_app.extensions["helferkreis.config"].timezone))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside it is that moment, for this thread alone. Only the demo lives in the past (app/demo)."""
    token = _then.set(moment)
    try:
        yield
    finally:
        _then.reset(token)
