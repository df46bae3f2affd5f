"""`flask serve` as a real process: it answers, heals, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 120.0  # for a busy machine

pytestmark = [pytest.mark.slow, pytest.mark.only("sqlite")]


class Server:
    """The command in a process group of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = int(environment["PORT"])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def is_up(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().read() == b"ok\n"
        except OSError:
            return False
        finally:
            connection.close()

    def children(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in path.read_text().split()]

    def end(self) -> str:
        """What it said, after SIGTERM where it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.communicate(timeout=PATIENCE_SECONDS)[0]


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """A bare instance: the command makes the database itself."""
    Path(environment["DATABASE_URL"].removeprefix("sqlite:///")).unlink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return {**environment, "PORT": port, "WEB_WORKERS": "1"}


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Server]:
    server = Server(environment)
    try:
        wait_for(server.is_up)
        yield server
    finally:
        server.end()


def test_a_taken_port_is_one_clear_line_and_sigterm_ends_the_first_in_order(
    server: Server, environment: dict[str, str], tmp_path: Path
) -> None:
    other = Server({**environment, "HELFERKREIS_INSTANCE": str(tmp_path / "other")})
    said = other.process.communicate(timeout=PATIENCE_SECONDS)[0]
    assert other.process.returncode == 1
    assert said.count("\n") == 1
    assert f"port {server.port} is already in use" in said
    assert server.is_up()
    said = server.end()
    assert server.process.returncode == 0
    assert "Helferkreis is ready: http://localhost (Ctrl-C ends it)" in said or said == ""
    assert is_free(server.port)


def test_a_forum_that_nobody_set_up_has_all_that_it_needs(
    server: Server, environment: dict[str, str]
) -> None:
    """Whoever only starts the service, as the handbook says, has a board and rules."""
    with closing(sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///"))) as file:
        for table in ("board", "rulebook", "document", "rank"):
            assert file.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
    assert server.is_up()


def test_a_killed_web_server_is_started_again_and_ctrl_c_ends_all(server: Server) -> None:
    (killed,) = server.children()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: killed not in server.children() and bool(server.children()))
    wait_for(server.is_up)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE_SECONDS) == 0
    assert is_free(server.port)


def test_a_killed_supervisor_takes_its_web_server_along(
    server: Server, environment: dict[str, str]
) -> None:
    (web,) = server.children()
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not Path(f"/proc/{web}").exists() and is_free(server.port))
    again = Server(environment)
    wait_for(again.is_up)
    again.end()
    assert again.process.returncode == 0
