"""The versions in Redis, for several machines. Redis away or silent: no cache, and no error."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterable, Sequence
from typing import Any, cast

import structlog
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.connection import AbstractConnection
from redis.exceptions import RedisError
from redis.retry import Retry

from app.core.cache.versions import OPEN_SECONDS, SITE, Seen

ANSWER_SECONDS = 0.25  # what one request may lose to a silent Redis
QUIET_SECONDS = 2.0  # afterwards nobody asks for so long
KNOWN_SECONDS = 1.0  # how long a version is believed; a change shows within 2 s
KEPT_SECONDS = 3_600  # longer than any page is kept
MOST_KNOWN = 10_000

_PREFIX = "helferkreis:page:"
_OPEN = "helferkreis:open:"

log = structlog.get_logger()


class RedisVersions:
    """Versions are random, so a Redis that lost or restored its data never repeats one.

    A new connection begins a new era of this process: whatever happened before it, we may have
    missed. A writer that Redis did not answer makes everything old as soon as Redis is back.
    """

    def __init__(self, url: str) -> None:
        pool = ConnectionPool.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
            redis_connect_func=self._connected,
        )
        self._redis = Redis(connection_pool=pool)
        self._known: dict[tuple[str, ...], tuple[Seen, float]] = {}
        self._era = 0
        self._quiet_until = 0.0
        self._owed = _Owed(self._redis)

    def read(self, names: Sequence[str]) -> Seen | None:
        now, wanted = time.monotonic(), tuple(names)
        known = self._known.get(wanted)
        if known is not None and now < known[1]:
            return known[0]
        if now < self._quiet_until or self._owed.waits:
            return None
        try:
            seen = self._ask(wanted)
        except RedisError as error:
            self._be_quiet(error)
            return None
        if seen is not None:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[wanted] = seen, now + KNOWN_SECONDS
        return seen

    def open(self, names: Iterable[str]) -> object:
        writer, opened = secrets.token_hex(8), sorted(names)
        self._write(opened, lambda pipe, key: pipe.sadd(key, writer).expire(key, OPEN_SECONDS))
        return writer, opened

    def close(self, opened: object) -> None:
        writer, names = cast("tuple[str, list[str]]", opened)
        self._write(names, lambda pipe, key: pipe.srem(key, writer))

    def _ask(self, names: tuple[str, ...]) -> Seen | None:
        pipe = self._redis.pipeline(transaction=True)
        pipe.mget([_PREFIX + name for name in names])
        pipe.exists(*(_OPEN + name for name in names))
        versions, is_open = pipe.execute()
        if versions[0] is None:  # of SITE: this Redis is new, or lost what it had
            self._redis.set(_PREFIX + SITE, secrets.token_hex(8), nx=True)
            return None
        return None if is_open else (self._era, *versions)

    def _write(self, names: Sequence[str], change: Any) -> None:
        try:
            if time.monotonic() < self._quiet_until:
                self._owed.add()
                return
            pipe = self._redis.pipeline(transaction=True)
            for name in names:
                kept = None if name == SITE else KEPT_SECONDS
                pipe.set(_PREFIX + name, secrets.token_hex(8), ex=kept)
                change(pipe, _OPEN + name)
            pipe.execute()
        except RedisError as error:
            self._be_quiet(error)
            self._owed.add()
        finally:
            self._known.clear()

    def _connected(self, connection: AbstractConnection) -> None:
        self._era += 1
        self._known.clear()
        connection.on_connect()  # type: ignore[no-untyped-call]

    def _be_quiet(self, error: RedisError) -> None:
        log.warning("page_cache_off_for_a_moment", error=type(error).__name__)
        self._quiet_until = time.monotonic() + QUIET_SECONDS


class _Owed:
    """A change that Redis has not heard of: told by a thread as soon as it listens again."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._lock = threading.Lock()
        self._count = 0
        self._thread: threading.Thread | None = None

    @property
    def waits(self) -> bool:
        return self._count > 0

    def add(self) -> None:
        with self._lock:
            self._count += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._tell, daemon=True)
                self._thread.start()

    def _tell(self) -> None:
        while True:
            count = self._count
            try:
                self._redis.set(_PREFIX + SITE, secrets.token_hex(8))
            except RedisError:
                time.sleep(ANSWER_SECONDS)
                continue
            with self._lock:
                if self._count == count:
                    self._count, self._thread = 0, None
                    return
