"""A slow line: the page is there and being used before its scripts are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests import cast
from tests.visibility.world import World, index

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]


def test_a_title_typed_before_the_scripts_came_is_looked_up(site, open_page):
    solved = cast.make_topic("Router blinkt rot")
    cast.accept(cast.make_post(solved, text="Stecker ziehen."))
    index(World(topics=[solved]))
    page = open_page(name="Karin")
    held: list[Route] = []
    page.route("**/static/live*.js", lambda route: held.append(route))
    page.goto("/topics/ask", wait_until="commit")
    page.locator("#title").fill("Router blinkt rot")
    expect(page.locator(".hk-suggest__item")).to_have_count(0)
    held[0].continue_()
    expect(page.locator(".hk-suggest__item")).to_contain_text("Router blinkt rot")
