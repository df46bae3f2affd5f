"""Looks at the page that is open as every reader may have it, and says what is wrong with it.

axe asks its structural rules once and those that a look can spoil in every look; at 360 px, the
narrowest phone, nothing may need scrolling to the side (WCAG 2.2 AA, 1.4.10). One load serves all.
"""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]
#: What a narrow window can spoil beside the colours of what only it shows.
NARROW = [
    *COLOURS, "target-size", "image-alt", "link-name", "button-name", "label", "heading-order",
    "region", "scrollable-region-focusable", "aria-hidden-focus", "nested-interactive",
]  # fmt: skip


def _only(rules: list[str]) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": rules}, "resultTypes": ["violations"]}


EVERYTHING = {"runOnly": RULES, "resultTypes": ["violations"]}
Theme = Literal["light", "dark"]
Look = tuple[int, Theme, dict[str, Any]]
#: Width, theme, what axe is asked there; in an order that changes one thing at a time.
LOOKS: tuple[Look, ...] = (
    (1280, "light", EVERYTHING),
    (1280, "dark", _only(COLOURS)),
    (390, "dark", _only(COLOURS)),
    (390, "light", _only(NARROW)),
)
#: Looks that differ in everything, for pages to take turns: together they are the four.
PAIRS: tuple[tuple[Look, ...], ...] = (
    ((1280, "light", EVERYTHING), (390, "dark", _only(NARROW))),
    ((1280, "dark", EVERYTHING), (390, "light", _only(NARROW))),
)
HEIGHT = 900
NARROWEST = 360
#: Or axe measures a colour half-way through its transition.
SETTLED = "document.getAnimations().forEach((animation) => animation.finish())"
VIOLATIONS = "options => axe.run(options).then((results) => results.violations)"
#: The first part that sticks out, with what it stands in, or nobody finds it.
OVERFLOW = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return null;
  const is = (part) => part.tagName.toLowerCase() + [...part.classList].map((name) => `.${name}`).join("");
  const scrolls = (part) => part !== document.body
    && (getComputedStyle(part).overflowX !== "visible" || scrolls(part.parentElement));
  const out = [...document.body.querySelectorAll("*")].find((part) =>
    part.getBoundingClientRect().right > page.clientWidth + 0.5 && !scrolls(part.parentElement));
  const path = out ? [out.parentElement, out].map(is).join(" > ") : "?";
  return `${page.scrollWidth} px: ${path}`;
}"""


def faults_of(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[str]:
    """Sentences that begin with the look; the page keeps the narrowest one."""
    return [*(fault for look in looks for fault in _faults_in(page, *look)), *too_wide(page)]


def _faults_in(page: Page, width: int, theme: Theme, options: dict[str, Any]) -> list[str]:
    look(page, width, theme)
    return [
        *_overflow(page, width),
        *[f"{width}, {theme}: {fault}" for fault in ask_axe(page, options)],
    ]


def look(page: Page, width: int, theme: Theme, height: int = HEIGHT) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLED)


def ask_axe(page: Page, options: dict[str, Any]) -> list[str]:
    """Each rule that is broken, with up to three places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [f"{v['id']}: {_places(v)}" for v in page.evaluate(VIOLATIONS, options)]


def _places(violation: dict[str, Any]) -> str:
    return "; ".join(str(node["target"]) for node in violation["nodes"][:3])


def too_wide(page: Page) -> list[str]:
    """Must one scroll to the side on the narrowest phone?"""
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    return _overflow(page, NARROWEST)


def _overflow(page: Page, width: int) -> list[str]:
    found = page.evaluate(OVERFLOW)
    return [f"{width}: wider than the screen ({found})"] if found else []
