"""Goes to a screen and pictures it; what is wrong with the screen is said, not pictured."""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Response

from screens.forum import Forum
from screens.steps import Step
from tests.flows.looking import faults_of, look
from tests.flows.walking import Walker
from tests.flows.watching import Watch

PATIENCE_MS = 30_000
MARGIN = 12  # around a part of a page
#: Pieces that are loaded after the page, and letters that are not there yet.
QUIET = "!document.querySelector('.htmx-request') && document.fonts.status === 'loaded'"


@dataclass(frozen=True)
class Screen:
    """`at` is where one begins, `do` what leads on from there; `status` what the page answers."""

    name: str
    at: str
    do: Sequence[Step] = ()
    status: int = 200


@dataclass
class Visitor:
    """Somebody's browser, watched from the first page to the last."""

    walker: Walker
    watch: Watch
    status: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.walker.page

    def go(self, screen: Screen) -> None:
        """Raises if a step finds nothing to press; notes what the page did not answer well."""
        self.watch.trouble.clear()
        self.page.goto(screen.at)
        for step in screen.do:
            step(self.walker)
        self.page.wait_for_load_state("load")
        self._settle()
        self.faults = [*self.watch.trouble]
        if self.status != screen.status:
            self.faults.append(f"answered {self.status} instead of {screen.status}")

    def _settle(self) -> None:
        """Asked again and again from here: Playwright's own waiting needs an eval, which CSP forbids."""
        end = time.monotonic() + PATIENCE_MS / 1000
        while not self.page.evaluate(QUIET):
            if time.monotonic() > end:
                raise Error("the page does not come to rest")
            self.page.wait_for_timeout(50)

    def judge(self) -> list[str]:
        """Everything that is wrong with where one is now; the page is left at its narrowest."""
        return [*self.faults, *faults_of(self.page), *self.watch.trouble]

    def note(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.status = response.status

    def where(self) -> str:
        """Title and address, for the label."""
        return f"{self.page.title()} · {urlsplit(self.page.url).path}"


@contextmanager
def visitor(browser: Browser, forum: Forum, *, cookie: Any, language: str) -> Iterator[Visitor]:
    """Signed in with the cookie of a session; a guest has none."""
    context = browser.new_context(base_url=forum.address, locale=language, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    if cookie:
        context.add_cookies([cookie])
    watch = Watch(urlsplit(forum.address).netloc)
    watch.over(context)
    page = context.new_page()
    somebody = Visitor(Walker(page, language, script=True, shots=None), watch)
    page.on("response", somebody.note)
    yield somebody
    context.close()


def glance(page: Page, width: int, height: int, theme: Any, scale: float) -> bytes:
    """What the window shows, drawn anew at this scale, so that small letters stay sharp. PNG."""
    look(page, width, theme, height)
    return capture(page, {"x": 0, "y": 0, "width": width, "height": height}, scale)


def capture(page: Page, clip: dict[str, float], scale: float = 1) -> bytes:
    """A part of the page, in CSS pixels from its upper left corner. PNG."""
    session = page.context.new_cdp_session(page)
    shot = session.send(
        "Page.captureScreenshot",
        {"format": "png", "clip": {**clip, "scale": scale}, "captureBeyondViewport": True},
    )
    session.detach()
    return b64decode(shot["data"])


def part(page: Page, selector: str, height: int) -> bytes:
    """The first thing that fits, with a little room around it, and not more than so high."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, f"{selector} is not shown"
    top = max(box["y"] - MARGIN, 0)
    return capture(
        page,
        {
            "x": max(box["x"] - MARGIN, 0),
            "y": top,
            "width": min(box["width"] + 2 * MARGIN, page.viewport_size["width"]),  # type: ignore[index]
            "height": min(box["height"] + 2 * MARGIN, height),
        },
    )
