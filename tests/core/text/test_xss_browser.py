"""T-04 in a real browser: every payload is rendered, shown, touched and clicked; nothing runs.

The page has no Content-Security-Policy, which would hide a hole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from app.core.text import TextError, render, render_imported
from app.core.text.sanitise import sanitise
from tests.data_sets import json_lines

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "http://127.0.0.1:9/"
HARNESS = Path(__file__).with_name("harness.js")
CHUNK = 400
RAW_PAYLOADS = 160
ENOUGH = 10  # executions


class Watched:
    """A page that notes executions and requests; it never reaches the network."""

    def __init__(self, browser: Any) -> None:
        self.executions: list[str] = []
        self.requests: list[str] = []
        self.shown = ""
        context = browser.new_context()
        context.expose_binding("markExecution", lambda _, how: self.executions.append(how))
        context.add_init_script(path=HARNESS)
        context.route("**/*", self._answer)
        self.page = context.new_page()
        self.page.on("dialog", self._dismiss)

    def show(self, body: str) -> None:
        self._load(body)
        self.page.wait_for_timeout(150)

    def show_by_script(self, body: str) -> None:
        """As htmx does: the text is parsed again, into an element that is there already."""
        self._load("<main></main>")
        self.page.evaluate("html => { document.querySelector('main').innerHTML = html }", body)
        self.page.wait_for_timeout(150)

    def touch_everything(self) -> int:
        touched = int(self.page.evaluate("touchEverything()"))
        self.page.wait_for_timeout(150)
        return touched

    def _load(self, body: str) -> None:
        self.shown = body
        self.page.goto(HOME)

    def _answer(self, route: Any) -> None:
        if route.request.url == HOME:
            page = f"<!doctype html><meta charset=utf-8><title>t</title><body>{self.shown}"
            route.fulfill(content_type="text/html", body=page)
        else:
            self.requests.append(route.request.url)
            route.fulfill(status=404, body="")

    def _dismiss(self, dialog: Any) -> None:
        self.executions.append(dialog.type)
        dialog.dismiss()


@pytest.fixture(scope="module")
def chromium(playwright: Any) -> Iterator[Any]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed. On Debian: apt-get install chromium")
    browser = playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    )
    yield browser
    browser.close()


@pytest.fixture
def watched(chromium: Any) -> Watched:
    return Watched(chromium)


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    return [line["payload"] for line in json_lines("sec_xss", "xss.jsonl")]


def test_t04_the_harness_notices_what_runs(watched: Watched, payloads: list[str]) -> None:
    """The premise: the same payloads, not rendered by us, do run here."""
    for start in range(0, RAW_PAYLOADS, 40):
        frames = (
            f'<iframe srcdoc="{escape(raw)}"></iframe>' for raw in payloads[start : start + 40]
        )
        watched.show("".join(frames))
        if len(watched.executions) > ENOUGH:
            break
    assert len(watched.executions) > ENOUGH


@pytest.mark.parametrize(
    "bad",
    [
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>a</p>",
        "<a href='javascript:alert(1)'>a</a>",
        "<svg onload=alert(1)>",
        "<script>nothing()</script>",
        "<input onfocus=alert(1)>",
    ],
)
def test_t04_the_harness_notices_each_way_to_run(watched: Watched, bad: str) -> None:
    watched.show(bad)
    watched.touch_everything()
    assert watched.executions


@pytest.mark.parametrize("how", ["render", "imported html", "sanitised alone"])
def test_t04_no_payload_runs(watched: Watched, payloads: list[str], how: str) -> None:
    rendered = [_rendered(payload, how) for payload in payloads]
    touched = 0
    for start in range(0, len(rendered), CHUNK):
        body = "".join(f"<article>{html}</article>" for html in rendered[start : start + CHUNK])
        for show in (watched.show, watched.show_by_script):
            show(body)
            touched += watched.touch_everything()
            assert watched.executions == [], json.dumps(body[:2_000])
            assert watched.page.url == HOME
    assert touched > len(payloads)
    assert [url for url in watched.requests if not url.startswith(HOME)] == []


def _rendered(payload: str, how: str) -> str:
    try:
        if how == "render":
            return render(payload)
        return sanitise(payload) if how == "sanitised alone" else render_imported(payload, "html")
    except TextError:
        return ""
