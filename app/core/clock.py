"""The one source of time, so that tests and the demo community can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_then: ContextVar[datetime | None] = ContextVar("then", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC, to the microsecond."""
    return _then.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside it is that moment, for this thread alone. Only the demo lives in the past (app/demo)."""
    token = _then.set(moment)
    try:
        yield
    finally:
        _then.reset(token)
