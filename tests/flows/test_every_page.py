"""Every page in every look: axe finds nothing, and nothing overflows, be words as long as they like."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask, url_for
from playwright.sync_api import Page

from tests import cast
from tests.data_sets import THOROUGH
from tests.flows.long_words import NAME, WORD, lengthen
from tests.flows.looking import EVERYTHING, LOOKS, PAIRS, Look, ask_axe, faults_of
from tests.flows.window import is_here
from tests.visibility import routes
from tests.visibility.world import World, index

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

FOR_GUESTS = ("/account", "/topics/1", "/topics/ask", "/search", "/nowhere")
NOT_PAGES = {
    "static",
    "health.healthz",
    "health.readyz",
    "moderation.rulebook",
    "forum.ask_answers",
    "look.colour",
    "look.icon",
    "look.logo",
}


@pytest.fixture
def shop_window(app: Flask) -> World:
    """Something of everything that a page can show."""
    world = World()
    solved = cast.make_topic("Wie starte ich den Router neu?", tags=("router", "dsl", WORD[:60]))
    answer = cast.make_post(solved, text="1. Stecker ziehen\n2. Warten\n\n`ping` hilft.\n\n> Danke")
    cast.make_post(solved, author="Karin", kind="comment", parent=answer, text="Das war es.")
    cast.accept(answer)
    for state in ("held", "hidden", "removed"):
        cast.make_post(solved, author="Karin", state=state)
    world.topics = [
        solved,
        cast.make_topic("Rechnung im März doppelt?", author=NAME),
        cast.make_topic("Eure Tipps", author="Tom", kind="discussion"),
        cast.make_topic("Wartung am Sonntag", author="Anna", kind="announcement", pinned=True),
        cast.make_topic("Noch nicht zu sehen", state="held"),
    ]
    cast.close(world.topics[2])
    world.posts = [answer]
    for slug in cast.BOARDS:
        cast.board(slug)
    lengthen()
    index(world)
    return world


def pages(app: Flask, world: World) -> list[str]:
    """One address of each page, more of the topic's, and an error."""
    with app.test_request_context():
        first = [
            url_for(endpoint, **next(iter(routes.ARGUMENTS[endpoint](world))))
            for endpoint in sorted(routes.get_endpoints(app) - NOT_PAGES)
            if not is_here(endpoint) and not is_for_programs(app, endpoint)
        ]
    topics = [f"/topics/{topic.id}" for topic in world.topics]
    return [
        *dict.fromkeys([*first, *topics, "/search?q=router&status=solved", "/tags/dsl", "/nowhere"])
    ]


def is_for_programs(app: Flask, endpoint: str) -> bool:
    return getattr(app.blueprints.get(endpoint.partition(".")[0]), "for_programs", False)


def faults_on(
    page: Page, url: str, looked_at: set[str], looks: tuple[Look, ...] | None = None
) -> list[str]:
    """An address that leads to a page which was `looked_at` already (sign-in, say) is left there.

    Pages take turns with the looks; thoroughly, and for `make screens`, each is asked in all four.
    """
    page.goto(url)
    arrived = urlsplit(page.url).path
    if arrived != url.partition("?")[0] and arrived in looked_at:
        return []
    looked_at.add(arrived)
    turn = LOOKS if THOROUGH else PAIRS[len(looked_at) % len(PAIRS)]
    return [f"{url} at {fault}" for fault in faults_of(page, looks or turn)]


@pytest.mark.parametrize("name", [None, "Karin"])
def test_every_page_is_accessible(app, shop_window, open_page, name):
    page = open_page(name=name, reduced_motion="reduce")
    urls = pages(app, shop_window)
    assert len(urls) > 20, "the premise: these are all the pages"
    if name is None:  # only what is made for guests, or looks otherwise for them
        urls = [url for url in urls if url == "/" or url.startswith(FOR_GUESTS)]
    looked_at: set[str] = set()
    faults = [fault for url in urls for fault in faults_on(page, url, looked_at)]
    assert not faults, "\n".join(faults)


def test_a_refused_form_is_accessible(shop_window, open_page):
    page = open_page(name="Karin", viewport={"width": 390, "height": 900})
    page.goto("/topics/ask")
    page.locator("main form[method=post] .hk-btn--primary").click()
    page.wait_for_selector("[role=alert]")
    assert ask_axe(page, EVERYTHING) == []


#: What is planted into a page → what must be reported: the rule, and at which widths and themes.
PLANTED = {
    "document.querySelector('main h1').outerHTML = '<img src=data:,>'": (
        "image-alt", {"390, light", "1280, light"}
    ),
    "document.querySelector('main h1').style.color = 'light-dark(#eee, #fff)'": (
        "color-contrast", {"1280, light", "390, light"}
    ),
    "document.querySelector('main h1').style.color = 'light-dark(#000, #111)'": (
        "color-contrast", {"1280, dark", "390, dark"}
    ),
    "document.querySelector('main h1').style.width = '370px'": ("wider", {"360"}),
    "document.querySelector('main h1').style.minWidth = '500px'": ("wider", {"390", "360"}),
    "document.querySelector('main h1').insertAdjacentHTML('afterend', '<h4>Zu tief</h4>')": (
        "heading-order", {"390, light", "1280, light"}
    ),
    "document.querySelector('main').role = 'presentation'": ("landmark-one-main", {"1280, light"}),
}  # fmt: skip


@pytest.mark.parametrize("script", PLANTED)
def test_a_planted_fault_is_noticed_where_it_shows(open_page, script):
    page = open_page(bypass_csp=True)
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {script} }})")
    rule, places = PLANTED[script]
    faults = [fault for fault in faults_on(page, "/boards", set(), LOOKS) if rule in fault]
    assert {fault.split(" at ")[1].split(":")[0] for fault in faults} == places
