"""The one source of time, so that tests can move it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """The current moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def here() -> datetime:
    """The same moment where the forum is at home; needs an app context."""
    return now().astimezone(ZoneInfo(current_app.extensions["helferkreis.config"].timezone))
