"""The real thing: `make run` in a process of its own, used by a real browser, ended by a signal."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

START_SECONDS = 60
STOP_SECONDS = 20


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts `make run` on a port; what is left is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        instance = str(tmp_path / "instance")
        own = {"PORT": str(port), "HELFERKREIS_INSTANCE": instance, "HELFERKREIS_DEMO": "off"}
        env = {**os.environ, **own}
        process = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env={k: v for k, v in env.items() if not k.startswith("MAKE")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while not _answers(port):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, f"no answer within {START_SECONDS} s"
        time.sleep(0.2)


def test_make_run_serves_a_forum_and_ends_whole(run, browser: Browser, tmp_path):
    port = _free_port()
    process = run(port)
    _wait_for(port, process)
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="de")
    page = context.new_page()
    page.goto("/account/register")
    for name, value in {"name": "Karla", "email": "karla@example.org"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=password]", "vier krumme Dosen wackeln")
    page.check("[name=netiquette]")
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/account/registered"))
    context.close()
    end = time.monotonic() + 20
    while not list((tmp_path / "instance" / "outbox").glob("*.eml")):
        assert time.monotonic() < end, "the worker sends the mail"
        time.sleep(0.2)
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(STOP_SECONDS) is not None
    assert not _answers(port), "nothing is left behind"


def test_a_taken_port_is_one_clear_line(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = run(port)
        output, _ = process.communicate(timeout=START_SECONDS)
    assert process.returncode != 0
    ready, reason, *noise = output.splitlines()
    assert "ready" in ready
    assert str(port) in reason
    assert [line for line in noise if not line.startswith("make")] == []
