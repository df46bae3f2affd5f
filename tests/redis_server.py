"""A Redis of the tests' own: temporary folder, a socket instead of a port, nothing kept."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

START_SECONDS = 15
MISSING = "Redis is not installed. On Debian: apt-get install redis-server"


def binary() -> Path | None:
    found = shutil.which("redis-server")
    return Path(found) if found else None


class RedisServer:
    """Runs until `stop()`; may be frozen, thawed, killed and started again at the same address."""

    def __init__(self) -> None:
        program = binary()
        if program is None:
            raise RuntimeError(MISSING)
        self._program = program
        self.folder = Path(tempfile.mkdtemp(prefix="hk-redis-"))
        self.url = f"unix://{self.folder}/redis.sock?db=0"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        options = ("--port", "0", "--save", "", "--appendonly", "no")
        place = ("--unixsocket", str(self.folder / "redis.sock"), "--dir", str(self.folder))
        self._process = subprocess.Popen(
            [str(self._program), *options, *place],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait()

    def freeze(self) -> None:
        """It takes connections and answers nothing: the worst way to be away."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        process = self._process
        if process is not None:
            self._process = None
            process.kill()
            process.wait()

    def fresh(self) -> None:
        """Running and empty, whatever a test did to it."""
        if self._process is None:
            self.start()
        self.thaw()
        with Redis.from_url(self.url) as redis:
            redis.flushall()

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _send(self, signum: int) -> None:
        if self._process is not None:
            self._process.send_signal(signum)

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        with Redis.from_url(self.url) as redis:
            while True:
                try:
                    redis.ping()
                    return
                except RedisError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.02)
