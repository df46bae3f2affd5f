"""Late fonts do not push the page around: what stands in for them is as wide and as high."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route

from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

LATE_SECONDS = 0.7
MOST_SHIFT = 0.05  # "good" ends at 0.1
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


@pytest.fixture
def topic(site):
    made = cast.make_topic(
        "Warum blinkt der Router seit dem Update jede Nacht rot?", tags=("wlan",)
    )
    for number in range(19):
        cast.make_post(made, text=f"Antwort {number}. " + "Ein Satz von gewöhnlicher Länge. " * 12)
    return made


def test_late_fonts_move_nothing(topic, open_page):
    page = open_page(viewport={"width": 390, "height": 800})

    def late(route: Route) -> None:
        time.sleep(LATE_SECONDS)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto(f"/topics/{topic.id}", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
    assert page.evaluate(SHIFT) <= MOST_SHIFT
