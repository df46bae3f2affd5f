"""What the topic page weighs for a guest, and when Chromium has painted it on a phone's network.

The figures are Chromium's own: paint timing, largest contentful paint and layout shift as the page's
PerformanceObserver tells them, bytes as they came over the (slowed) wire.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from screens.camera import Screen
from screens.roles import FIRST_TOPIC

#: "Slow 4G" as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s down, 0.75 Mbit/s up.
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600 * 1_000 / 8,
    "uploadThroughput": 750 * 1_000 / 8,
}
CPU_SLOWDOWN = 4
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
TIMES = 5
SCREEN = Screen("The topic that is timed", "/topics?filter=popular", FIRST_TOPIC)
LIMIT_KB = 120  # HTML + CSS + JS, compressed
KINDS = {"Document": "HTML", "Stylesheet": "CSS", "Script": "JS", "Font": "fonts"}
COUNTED = ("HTML", "CSS", "JS")
FIGURES = """() => new Promise((done) => {
  const found = {shift: 0, largest: 0};
  const read = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({type, buffered: true});
  read("paint", (entry) => { found[entry.name] = entry.startTime; });
  read("largest-contentful-paint", (entry) => { found.largest = entry.startTime; });
  read("layout-shift", (entry) => { if (!entry.hadRecentInput) found.shift += entry.value; });
  setTimeout(() => done(found), 500);
})"""


@dataclass(frozen=True)
class Weight:
    """Bytes by kind, and in what encoding the page came."""

    bytes: dict[str, int]
    encoding: str

    @property
    def counted_kb(self) -> float:
        return sum(self.bytes.get(kind, 0) for kind in COUNTED) / 1000

    def missed(self) -> list[str]:
        """The limit in words, if the page is heavier."""
        if self.counted_kb <= LIMIT_KB:
            return []
        return [f"{' + '.join(COUNTED)} weigh {self.counted_kb:.1f} kB; the limit is {LIMIT_KB}"]


class _Scales:
    """Adds up what comes over the wire, headers and all."""

    def __init__(self, page: Page, *, slow: bool) -> None:
        self.kinds: dict[str, str] = {}
        self.sums: Counter[str] = Counter()
        self.encoding = ""
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        if slow:
            session.send("Network.emulateNetworkConditions", NETWORK)
            session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})

    def _answered(self, told: dict[str, Any]) -> None:
        self.kinds[told["requestId"]] = KINDS.get(told["type"], "other")
        if told["type"] == "Document":
            headers = {k.lower(): v for k, v in told["response"]["headers"].items()}
            self.encoding = headers.get("content-encoding", "none")

    def _finished(self, told: dict[str, Any]) -> None:
        kind = self.kinds.get(told["requestId"])
        if kind:
            self.sums[kind] += int(told["encodedDataLength"])


def weigh(browser: Browser, url: str) -> Weight:
    """One visit of somebody who was never here."""
    weight, _figures = _visit(browser, url, slow=False)
    return weight


def time(browser: Browser, url: str) -> tuple[Weight, dict[str, float]]:
    """Medians of some first visits: first paint, first and largest contentful paint (ms), shift."""
    visits = [_visit(browser, url, slow=True) for _ in range(TIMES)]
    names = ("first-paint", "first-contentful-paint", "largest", "shift")
    figures = {name: median(figures[name] for _weight, figures in visits) for name in names}
    return visits[-1][0], figures


def _visit(browser: Browser, url: str, *, slow: bool) -> tuple[Weight, dict[str, float]]:
    context = browser.new_context(locale="de", **PHONE)
    page = context.new_page()
    scales = _Scales(page, slow=slow)
    page.goto(url, wait_until="load")
    figures = page.evaluate(FIGURES)
    context.close()
    return Weight(dict(scales.sums), scales.encoding), figures


def written(weight: Weight, figures: dict[str, float], page: str) -> str:
    """The note in docs/screens/."""
    kinds = sorted(weight.bytes, key=lambda kind: -weight.bytes[kind])
    rows = "\n".join(f"| {kind} | {weight.bytes[kind] / 1000:.1f} |" for kind in kinds)
    return f"""\
# The topic page on a phone's network

Made by `make screens`; times depend on the machine, bytes do not. Chromium's own figures for a guest
who was never here, 390 px wide, with {NETWORK["latency"]} ms latency, 1.6 Mbit/s down, 0.75 Mbit/s up
and a processor {CPU_SLOWDOWN} times slower; medians of {TIMES} visits to “{page}”.

| what | |
|---|---:|
| first paint | {figures["first-paint"]:.0f} ms |
| first contentful paint | {figures["first-contentful-paint"]:.0f} ms |
| largest contentful paint | {figures["largest"]:.0f} ms |
| layout shift | {figures["shift"]:.3f} |

| over the wire ({weight.encoding}) | kB |
|---|---:|
{rows}

{" + ".join(COUNTED)}: {weight.counted_kb:.1f} kB; the limit of {LIMIT_KB} kB is {"missed" if weight.missed() else "kept"}.
"""
