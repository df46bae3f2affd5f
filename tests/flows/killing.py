"""Posting while processes are killed: the load, the killer, and what must hold afterwards (R-01)."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = (0.15, 0.6)


@dataclass
class Load:
    """Clients that post answers and repeat each until it is acknowledged."""

    port: int
    path: str
    cookie: str
    token: str
    with_keys: bool = True
    acknowledged: list[str] = field(default_factory=list)
    tries: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, number: int) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            self._post_until_acknowledged(f"Antwort {number}-{count}.")

    def _post_until_acknowledged(self, text: str) -> None:
        key = f"key-{text.replace(' ', '-')}"
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            self.tries += 1
            if self._post(text, key) == 303:
                self.acknowledged.append(text)
                return
            time.sleep(0.05)
        raise AssertionError(f"“{text}” was not taken within {PATIENCE_SECONDS} s")

    def _post(self, text: str, key: str) -> int:
        fields = {"text": text, "csrf_token": self.token}
        if self.with_keys:
            fields["idempotency_key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": self.cookie,
                "Host": f"127.0.0.1:{self.port}",
            }
            connection.request("POST", self.path, urlencode(fields), headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


class Forum:
    """`flask serve` in a process of its own; starts again when it was killed."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment = {**os.environ, **environment, "PORT": str(port), "HOST": "127.0.0.1"}
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=sys.stderr
        )

    def wait(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if time.monotonic() > end:
                self.end()
                raise AssertionError("the forum did not come up")
            time.sleep(0.05)

    def kill(self, what: str) -> None:
        """kill -9 of the supervisor (with it the worker), gunicorn's master, or a web worker."""
        assert self.process is not None
        masters = children(self.process.pid)
        workers = [pid for master in masters for pid in children(master)]
        target = {"supervisor": [self.process.pid], "master": masters, "web": workers}[what]
        if target:
            os.kill(random.choice(target), signal.SIGKILL)
        if what == "supervisor":
            self.process.wait()
            self.start()

    def end(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, check=False
        )

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def children(pid: int) -> list[int]:
    """Direct child processes; empty when the process is gone."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        texts = [(task / "children").read_text() for task in tasks]
    except OSError:
        return []
    return [int(child) for text in texts for child in text.split()]


def torment(forum: Forum, load: Load, *, kills: int, clients: int = 4) -> Counter[str]:
    """Post with `clients` threads while processes die `kills` times; returns what was killed."""
    threads = [threading.Thread(target=load.run, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    killed: Counter[str] = Counter()
    for number in range(kills):
        time.sleep(random.uniform(*PAUSE_SECONDS))
        what = ("web", "web", "master", "supervisor")[number % 4]
        forum.kill(what)
        killed[what] += 1
        if what != "web":
            forum.wait()
    forum.wait()
    load.stop.set()
    for thread in threads:
        thread.join()
    return killed
