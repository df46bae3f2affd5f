"""gunicorn as the forum starts it, with what its workers cost. Linux only: /proc and CPU clocks."""

from __future__ import annotations

import ctypes
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from app.webserver import PARENT

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOOK_SECONDS = 0.005
IDLE_SECONDS = 0.1
MIB = 1024
_C = ctypes.CDLL(None)


class Server:
    """`module:app` on a free port of 127.0.0.1; `start_seconds` is from the call to the first 200."""

    def __init__(self, name: str, env: Mapping[str, str], *, workers: int, threads: int) -> None:
        self._name = name
        self._env = {**env, "PYTHONPATH": str(ROOT), PARENT: str(os.getpid())}
        self._size = ("--workers", str(workers), "--threads", str(threads))
        self._workers = workers
        self.port = 0
        self.start_seconds = 0.0

    def __enter__(self) -> Self:
        begin = time.perf_counter()
        with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
            self.port = listening.getsockname()[1]
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "--config", "python:app.webserver"),
                    *("--bind", f"fd://{listening.fileno()}", *self._size, self._name),
                ],
                pass_fds=[listening.fileno()],
                env=self._env,
                cwd=ROOT,
                start_new_session=True,
            )
        self._wait(begin)
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def workers(self) -> list[int]:
        return children(self._process.pid)

    def memory_mib(self) -> dict[str, float]:
        """PSS and RSS of the biggest worker."""
        sizes = [_memory(pid) for pid in self.workers()]
        return {name: max(size[name] for size in sizes) for name in ("pss", "rss")}

    def _wait(self, begin: float) -> None:
        """Until one worker answers; then until all of them are there, which is not counted."""
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - begin > START_SECONDS:
                raise RuntimeError(f"{self._name} did not start; its messages stand above.")
            time.sleep(LOOK_SECONDS)
        self.start_seconds = time.perf_counter() - begin
        while len(self.workers()) < self._workers or not self._is_idle():
            time.sleep(LOOK_SECONDS)

    def _is_idle(self) -> bool:
        """A worker that is still importing burns all it gets."""
        before = cpu_seconds(self.workers())
        time.sleep(IDLE_SECONDS)
        return cpu_seconds(self.workers()) - before < IDLE_SECONDS / 20

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status in (200, 404)
        except OSError:
            return False
        finally:
            connection.close()


def children(parent: int) -> list[int]:
    """Ids of a process's children, in order."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:  # ended meanwhile
                continue
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return sorted(found)


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of all threads, also ended ones, to the nanosecond."""
    return sum(_cpu(pid) for pid in pids)


def _cpu(pid: int) -> float:
    clock = ctypes.c_int()
    if _C.clock_getcpuclockid(pid, ctypes.byref(clock)):
        return 0.0  # it has ended
    return time.clock_gettime(clock.value)


def _memory(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kib = {name.lower(): int(rest.split()[0]) for name, rest in (li.split(":") for li in lines)}
    return {name: kib[name] / MIB for name in ("pss", "rss")}
