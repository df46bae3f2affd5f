"""What /readyz says: which parts of the house work, and how far down the ladder it stands.

Looked at once in KEEP_SECONDS a process, however often it is asked. Nothing here is secret: no
names, versions, places or texts.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask, current_app
from redis import Redis
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.db import can_write, db, roll_back
from app.core.jobs import rows
from app.core.jobs.calls import job_name, lane_of
from app.core.migrations import is_migrated
from app.core.redis import RedisAway, shared_redis
from app.core.search import engine

KEEP_SECONDS = 2.0
#: A tick runs every minute, so a worker that ended nothing for so long is away.
WORKER_SILENCE = timedelta(minutes=3)
MAIL_PAST = timedelta(days=1)
MIB = 1024 * 1024
LEAST_FREE = 200 * MIB

#: The ladder, worst first; the first two cannot serve.
LADDER = ("no_database", "not_migrated", "read_only", "no_search", "no_redis", "normal")
CANNOT_SERVE = frozenset(LADDER[:2])
_KEY = "helferkreis.readiness"

log = structlog.get_logger()


@dataclass(frozen=True)
class Readiness:
    """`level` is a step of LADDER, `checks` what was found: {part: {fact: value}}."""

    level: str
    checks: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def can_serve(self) -> bool:
        return self.level not in CANNOT_SERVE


class Lookout:
    """Keeps the last answer; while one thread looks anew, others get the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Readiness | None = None
        self._until = 0.0

    def look(self) -> Readiness:
        if self._last is not None and (time.monotonic() < self._until or self._lock.locked()):
            return self._last
        with self._lock:
            if self._last is None or time.monotonic() >= self._until:
                self._last = look()
                self._until = time.monotonic() + KEEP_SECONDS
            return self._last


def init_readiness(app: Flask) -> None:
    app.extensions[_KEY] = Lookout()


def readiness() -> Readiness:
    """At most KEEP_SECONDS old."""
    lookout: Lookout = current_app.extensions[_KEY]
    return lookout.look()


def look() -> Readiness:
    """Ask every part now. Never raises for a part that is away."""
    checks: dict[str, dict[str, Any]] = {"database": _database()}
    if checks["database"]["migrated"]:
        checks["jobs"] = _or_away(_jobs)
        checks["mail"] = _or_away(_mail)
    checks["search"] = {"ready": _search_is_ready()}
    if shared_redis() is not None:
        checks["redis"] = {"answers": _redis_answers()}
    checks["disk"] = _disk()
    return Readiness(_level(checks), checks)


def _level(checks: dict[str, dict[str, Any]]) -> str:
    stands = {
        "no_database": not checks["database"]["answers"],
        "not_migrated": not checks["database"]["migrated"],
        "read_only": not (checks["database"]["writable"] and checks["disk"]["any"]),
        "no_search": not checks["search"]["ready"],
        "no_redis": not checks.get("redis", {"answers": True})["answers"],
        "normal": True,
    }
    return next(step for step in LADDER if stands[step])


def _database() -> dict[str, bool]:
    try:
        roll_back()
        migrated = is_migrated(db.session.connection())
        roll_back()
        return {"answers": True, "migrated": migrated, "writable": can_write()}
    except SQLAlchemyError as error:
        log.warning("database_not_ready", error=type(error).__name__)
        return {"answers": False, "migrated": False, "writable": False}


def _or_away(find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return find()
    except SQLAlchemyError as error:
        roll_back()
        log.warning("readiness_unknown", part=find.__name__, error=type(error).__name__)
        return {}


def _jobs() -> dict[str, Any]:
    """How long the longest waiting job is due, and whether a worker ended one lately."""
    moment = clock.now()
    due, done = rows.next_due(), rows.last_done(since=moment - WORKER_SILENCE)
    return {
        "late_seconds": max(0, int((moment - due).total_seconds())) if due else 0,
        "failed": rows.count_failed(),
        "worker": done is not None,
    }


def _mail() -> dict[str, Any]:
    """Of the last day. What the worker sends outside, apart from ticks, is mail."""
    ticks = {job_name(tick.call) for tick in current_app.extensions["helferkreis.ticks"]}
    calls = current_app.extensions["helferkreis.jobs"]
    names = [n for n, call in calls.items() if lane_of(call) == "outside" and n not in ticks]
    since = clock.now() - MAIL_PAST
    return {
        "last_success": _text(rows.last_done(names, since=since)),
        "last_failure": _text(rows.last_failed(names, since=since)),
        "put_off": rows.count_put_off(names),
    }


def _search_is_ready() -> bool:
    return engine().is_ready()


def _redis_answers() -> bool:
    redis = shared_redis()
    try:
        return redis is None or redis.ask(_ping)
    except RedisAway:
        return False


def _ping(client: Redis) -> bool:
    return bool(client.ping())


def _disk() -> dict[str, bool]:
    free = shutil.disk_usage(current_app.extensions["helferkreis.config"].instance).free
    return {"enough": free >= LEAST_FREE, "any": free >= MIB}


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
