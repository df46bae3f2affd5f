"""The worker's threads: one per lane (two for what waits for other systems), and a heart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from flask import Flask

from app.core.jobs.calls import Lane
from app.core.jobs.queue import WakeListener, bell_of
from app.core.jobs.rows import LEASE_SECONDS
from app.core.jobs.runner import Runner
from app.core.jobs.ticks import write_due_ticks

log = structlog.get_logger()

SWEEP_SECONDS = 0.5  # finds what no wake-up announced
AFTER_ERROR_SECONDS = 1.0
RENEW_SECONDS = LEASE_SECONDS / 4
TICK_SECONDS = 60.0
STOP_SECONDS = 10.0

#: A slow mail server holds its own threads only: reactions and the index go on beside it.
THREADS: tuple[tuple[str, Lane], ...] = (
    ("inside", "inside"),
    ("batch", "batch"),
    ("outside-1", "outside"),
    ("outside-2", "outside"),
)


class Workers:
    """All worker threads of a process. The owner calls `check()` a few times a second."""

    def __init__(self, app: Flask) -> None:
        self.runner = Runner(app)
        self._app = app
        self._bell = bell_of(app)
        self._stopping = threading.Event()
        self._listener = WakeListener(app, self._bell.ring)
        self._threads: dict[str, threading.Thread] = {}
        self._loops: dict[str, Callable[[], None]] = {"heart": self._beat}
        for name, lane in THREADS:
            self._loops[name] = self._loop_for(lane)

    def start(self) -> None:
        self.check()

    def check(self) -> None:
        """Start every thread that does not run; one that died is reported loudly."""
        self._listener.check()
        for name, loop in self._loops.items():
            thread = self._threads.get(name)
            if thread is not None and thread.is_alive():
                continue
            if thread is not None:
                log.error("worker_thread_died", thread=name)
            self._threads[name] = threading.Thread(target=loop, name=f"jobs-{name}", daemon=True)
            self._threads[name].start()

    def stop(self) -> None:
        """Let what runs end; what does not end in time is done again after its lease."""
        self._stopping.set()
        self._bell.ring()
        self._listener.stop()
        end = time.monotonic() + STOP_SECONDS
        for thread in self._threads.values():
            thread.join(max(0.0, end - time.monotonic()))

    def _loop_for(self, lane: Lane) -> Callable[[], None]:
        heard = self._bell.listen()

        def loop() -> None:
            while not self._stopping.is_set():
                heard.clear()  # before looking: what rings meanwhile is seen in the next round
                if not self._run_next(lane):
                    heard.wait(SWEEP_SECONDS)

        return loop

    def _run_next(self, lane: Lane) -> bool:
        try:
            return self.runner.run_next(lane)
        except Exception:
            # The database is away. The claim, if there was one, ends with its lease.
            log.exception("worker_round_failed", lane=lane)
            self._stopping.wait(AFTER_ERROR_SECONDS)
            return False

    def _beat(self) -> None:
        next_tick = 0.0
        while not self._stopping.is_set():
            try:
                self.runner.renew()
                if time.monotonic() >= next_tick:
                    next_tick = time.monotonic() + TICK_SECONDS
                    with self._app.app_context():
                        write_due_ticks()
            except Exception:
                log.exception("worker_heart_failed")
            self._stopping.wait(RENEW_SECONDS)
