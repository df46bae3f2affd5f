"""The Redis that several processes share, behind a fuse: a hanging one costs a request now and
then a quarter of a second, never each of them. Everybody who asks it has another way.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Flask, current_app
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.config import Config

ANSWER_SECONDS = 0.25  # for connecting, and for each answer
QUIET_SECONDS = 5.0  # after a failure nobody of this process asks for so long
_KEY = "helferkreis.redis"

log = structlog.get_logger()
Answer = TypeVar("Answer")


class RedisAway(Exception):
    """Redis does not answer, or did not a moment ago. Not an error: do it the other way."""


class SharedRedis:
    """Redis with short time-outs and a fuse. Connections are made by the process that uses them."""

    def __init__(self, url: str) -> None:
        self.pool = ConnectionPool.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),  # the client's own default tries again and again
        )
        self._client = Redis(connection_pool=self.pool)
        self._lock = threading.Lock()
        self._quiet_until = 0.0
        self._away = False

    def ask(self, question: Callable[[Redis], Answer]) -> Answer:
        """The answer of `question(client)`. Raises RedisAway, at once while the fuse is blown."""
        self._pass()
        try:
            answer = question(self._client)
        except (RedisError, OSError) as error:
            self._blow(error)
            raise RedisAway(type(error).__name__) from error
        if self._away:
            self._mend()
        return answer

    def _pass(self) -> None:
        """While it is away one thread looks again after each quiet time; the others do not wait."""
        with self._lock:
            moment = time.monotonic()
            if moment < self._quiet_until:
                raise RedisAway("It did not answer a moment ago.")
            if self._away:
                self._quiet_until = moment + QUIET_SECONDS

    def _blow(self, error: Exception) -> None:
        with self._lock:
            first, self._away = not self._away, True
            self._quiet_until = time.monotonic() + QUIET_SECONDS
        if first:
            log.warning("redis_away", error=type(error).__name__)

    def _mend(self) -> None:
        with self._lock:
            self._away = False
            self._quiet_until = 0.0
        log.warning("redis_back")


def init_redis(app: Flask, config: Config) -> None:
    app.extensions[_KEY] = SharedRedis(config.redis_url) if config.redis_url else None


def shared_redis(app: Flask | None = None) -> SharedRedis | None:
    """The forum's Redis; None where the operator named none (REDIS_URL)."""
    extensions: dict[str, Any] = (app or current_app).extensions
    found: SharedRedis | None = extensions[_KEY]
    return found
