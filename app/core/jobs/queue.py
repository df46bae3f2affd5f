"""huey carries wake-ups from the web to the worker; it may vanish at any time without loss.

A wake-up names no job: it says "look at the table". So one waiting wake-up is enough, the queue
never grows, and a lost one costs the sweep's half second.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from redis import ConnectionPool

log = structlog.get_logger()

NAME = "helferkreis"
FILE = "wake.sqlite"
SEND_SECONDS = 0.25  # what a request may lose to a slow queue
READ_SECONDS = 5.0
QUIET_SECONDS = 5.0  # after a failure nobody tries for so long
POLL_SECONDS = (0.05, 0.25)

_SENDER = "helferkreis.wake_sender"
_BELL = "helferkreis.bell"


class JsonSerializer(Serializer):  # type: ignore[misc]
    """huey's own is pickle: whoever could write to the queue could run code in the worker."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data), default=str).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(bytes(data)))


class Bell:
    """Rings every lane of the workers in this process."""

    def __init__(self) -> None:
        self._listeners: list[threading.Event] = []

    def listen(self) -> threading.Event:
        event = threading.Event()
        self._listeners.append(event)
        return event

    def ring(self) -> None:
        for event in list(self._listeners):
            event.set()


def bell_of(app: Flask) -> Bell:
    """The bell of this process; once it exists, wake-ups of this process need no queue."""
    bell: Bell = app.extensions.setdefault(_BELL, Bell())
    return bell


def wake() -> None:
    """Tell the workers that something waits. Never fails."""
    bell: Bell | None = current_app.extensions.get(_BELL)
    if bell is not None:
        bell.ring()
    else:
        sender: _Sender = current_app.extensions.setdefault(_SENDER, _Sender(_source(current_app)))
        sender.send()


class WakeListener:
    """huey's consumer as threads of this process; each wake-up rings the bell."""

    def __init__(self, app: Flask, ring: Callable[[], None]) -> None:
        self._source = _source(app)
        self._ring = ring
        self._consumer: Consumer | None = None
        self._inode: int | None = None

    def check(self) -> None:
        """Start the consumer where it is not running or where its file has vanished."""
        try:
            if self._consumer is None or self._inode != self._source.inode():
                self.stop()
                self._start()
            else:
                self._consumer.check_worker_health()
        except Exception as error:  # any trouble: it is a queue we can do without
            log.warning("wake_listener_unavailable", error=type(error).__name__)
            self._consumer = None

    def stop(self) -> None:
        if self._consumer is not None:
            self._consumer.stop()
            self._consumer = None

    def _start(self) -> None:
        huey = self._source.open(READ_SECONDS)
        _register(huey, self._ring)
        first, longest = POLL_SECONDS
        self._consumer = _ThreadedConsumer(
            huey, workers=1, periodic=False, initial_delay=first, max_delay=longest
        )
        self._consumer.start()
        self._inode = self._source.inode()


class _ThreadedConsumer(Consumer):  # type: ignore[misc]
    def _set_signal_handlers(self) -> None:
        """Signals belong to the supervisor; only the main thread may set them."""


class _Source:
    """Where the queue lives: Redis, or a file of its own."""

    def __init__(self, redis_url: str | None, path: Path) -> None:
        self._redis_url = redis_url
        self._path = path

    def open(self, seconds: float) -> Huey:
        options = {"name": NAME, "results": False, "serializer": JsonSerializer()}
        if self._redis_url:
            pool = ConnectionPool.from_url(
                self._redis_url, socket_timeout=seconds, socket_connect_timeout=SEND_SECONDS
            )
            return RedisHuey(connection_pool=pool, **options)
        return SqliteHuey(filename=str(self._path), timeout=seconds, fsync=False, **options)

    def inode(self) -> int | None:
        """Tells a file from the one that took its name; None for Redis or where there is none."""
        if self._redis_url:
            return None
        try:
            return os.stat(self._path).st_ino
        except FileNotFoundError:
            return None


class _Sender:
    """The web's end. Opened in the process that uses it, never before a fork."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._huey: Huey | None = None
        self._task: Callable[[], object] = lambda: None
        self._inode: int | None = None
        self._quiet_until = 0.0

    def send(self) -> None:
        if time.monotonic() < self._quiet_until:
            return
        try:
            huey = self._open()
            # A wake-up that still waits will be read after our commit, so it serves us too.
            if huey.storage.queue_size() == 0:
                self._task()
        except Exception as error:  # the sweep finds the job anyway
            log.info("wake_up_lost", error=type(error).__name__)
            self._huey = None
            self._quiet_until = time.monotonic() + QUIET_SECONDS

    def _open(self) -> Huey:
        if self._huey is None or self._inode != self._source.inode():
            huey = self._source.open(SEND_SECONDS)
            self._task = _register(huey, lambda: None)
            self._huey, self._inode = huey, self._source.inode()
        return self._huey


def _register(huey: Huey, ring: Callable[[], None]) -> Callable[[], object]:
    """Both ends know one task by the same name; only the consumer's does something."""

    def wake_up() -> None:
        ring()

    task: Callable[[], object] = huey.task(retries=0, name="wake_up")(wake_up)
    return task


def _source(app: Flask) -> _Source:
    config = app.extensions["helferkreis.config"]
    return _Source(config.redis_url, config.instance / FILE)
