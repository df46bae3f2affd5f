"""The forum that is pictured: the demo in a folder that is gone afterwards, on a port that is free."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.accounts.session import cookie_name
from bench.furnish import opened
from tests import cast

ROOT = Path(__file__).resolve().parent.parent
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
PATIENCE_SECONDS = 60.0
#: Each prepares one part; the demo's own reactions are done before anybody looks.
PREPARATIONS = (("setup",), ("demo",), ("work", "--until-empty"))


@dataclass(frozen=True)
class Forum:
    """`address` is where it answers; `env` is what its processes were started with."""

    address: str
    env: dict[str, str]

    def sign_in(self, names: Collection[str]) -> dict[str, Any]:
        """Name → cookie of a session, as if each had typed a password."""
        with opened(self.env):
            return {name: self._cookie(cast.sign_in(name)) for name in names}

    def _cookie(self, secret: str) -> dict[str, str]:
        return {"name": cookie_name(), "value": secret, "url": self.address}


@contextmanager
def running(instance: Path | None = None) -> Iterator[Forum]:
    """The demo, or a copy of a forum that is there already."""
    with tempfile.TemporaryDirectory(prefix="hk-screens-") as folder:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        place = Path(folder) / "instance"
        own = {"HELFERKREIS_INSTANCE": str(place), "PORT": str(port), "BASE_URL": address}
        env = {**kept, **own, "RATE_LIMITS": "off"}
        if instance is not None:
            shutil.copytree(instance, place)
        for arguments in PREPARATIONS if instance is None else PREPARATIONS[:1]:
            subprocess.run(_flask(*arguments), cwd=ROOT, env=env, check=True)
        with _serving(port, env):
            yield Forum(address, env)


@contextmanager
def _serving(port: int, env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(_flask("serve"), cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("The forum did not start; its messages stand above.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
