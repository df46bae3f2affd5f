"""With the keyboard alone: the skip link comes first, everything can be reached and seen, nothing traps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.flows.test_every_page import shop_window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

__all__ = ["shop_window"]  # a fixture

#: Who presses Tab where.
PAGES = [
    (None, "/"),
    (None, "/account/register"),
    ("Karin", "/topics/1"),
    ("Karin", "/topics/ask"),
    ("Anna", "/desk"),
]
#: What a keyboard must reach: shown, enabled, not meant for script alone; of radio buttons one.
NUMBERED = """() => {
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const groups = new Set();
  const wanted = [...document.querySelectorAll(all)].filter((part) => {
    if (part.disabled || !part.checkVisibility({visibilityProperty: true})) return false;
    if (part.closest("[aria-hidden=true]") || part.matches("[role=toolbar]")) return false;
    if (part.closest("[role=toolbar]") && part.tabIndex < 0) return false;  // arrows lead there
    if (part.type !== "radio") return true;
    const chosen = document.querySelector(`input[name="${part.name}"]:checked`);
    if ((chosen && chosen !== part) || groups.has(part.name)) return false;
    return groups.add(part.name);
  });
  wanted.forEach((part, number) => { part.dataset.tab = number; });
  return wanted.length;
}"""
#: Notes what Tab arrives at, and whether one sees it: an outline around it or what stands for it, or
#: the inner frame of a text that is being written.
NOTING = """() => {
  window.arrivals = [];
  const framed = ({outlineStyle, outlineWidth, boxShadow}) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow.includes("inset");
  const seen = (part) => [null, "::after"].some((which) => framed(getComputedStyle(part, which)));
  addEventListener("focusin", ({target}) => requestAnimationFrame(() => window.arrivals.push({
    number: target.dataset.tab,
    is: target.outerHTML.slice(0, 120),
    visible: [target, target.closest("label"), target.parentElement].some((p) => p && seen(p)),
  })));
}"""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
MISSED = """() => {
  const met = new Set(window.arrivals.map((arrival) => arrival.number));
  return [...document.querySelectorAll("[data-tab]")].filter((part) => !met.has(part.dataset.tab))
    .map((part) => part.outerHTML.slice(0, 120));
}"""


SPARE = 3  # a toolbar takes the focus before its first button does


@dataclass
class Tour:
    """What pressing Tab came to."""

    first: str
    missed: list[str]
    unseen: list[str]


def tab_through(page: Page) -> Tour:
    """Once round the page. Whoever is caught somewhere misses the rest."""
    count = page.evaluate(NUMBERED)
    page.evaluate(NOTING)
    for _ in range(count + SPARE):
        page.keyboard.press("Tab")
        page.evaluate(NEXT_FRAME)
    arrivals = page.evaluate("window.arrivals")
    return Tour(
        first=arrivals[0]["is"],
        missed=page.evaluate(MISSED),
        unseen=[arrival["is"] for arrival in arrivals if not arrival["visible"]],
    )


def opened(open_page: Callable[..., Page], name: str | None, url: str) -> Page:
    page = open_page(name=name, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page.goto(url)
    return page


def test_tab_comes_to_everything_and_one_sees_where_one_is(shop_window, open_page):
    for name, url in PAGES:
        page = opened(open_page, name, url)
        tour = tab_through(page)
        assert 'class="hk-skip"' in tour.first, url
        assert (tour.missed, tour.unseen) == ([], []), url
        page.context.close()


def test_the_skip_link_leads_past_the_menu(open_page):
    page = opened(open_page, None, "/topics")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


TRAP = "document.querySelector('.hk-search input').addEventListener('keydown', (e) => e.preventDefault())"
#: What is planted → which of the tour's findings must be there.
PLANTED = {
    TRAP: "missed",
    "document.querySelector('main a').tabIndex = -1": "missed",
    "document.querySelector('footer a').style.outline = 'none'": "unseen",
}


def test_a_planted_obstacle_is_noticed(open_page):
    for script, finding in PLANTED.items():
        page = opened(open_page, None, "/boards")
        page.evaluate(f"() => {{ {script} }}")
        assert getattr(tab_through(page), finding) != [], script
    page.goto("/boards")
    page.evaluate("() => document.body.prepend(document.querySelector('main a').cloneNode(true))")
    assert "hk-skip" not in tab_through(page).first
