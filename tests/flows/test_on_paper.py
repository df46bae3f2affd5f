"""Topic and article on paper: the words and who wrote them, where they come from, nothing to press."""

from __future__ import annotations

import pytest

from tests import cast
from tests.knowledge.conftest import written

pytestmark = [pytest.mark.browser, pytest.mark.only("sqlite")]

GONE = "#h-answer, .hk-header, .hk-footer, .hk-crumbs, .hk-aside, .hk-post__foot, form, button, #messages"
BEHIND = "element => getComputedStyle(element, '::after').content"
AFTER = "element => getComputedStyle(element).breakAfter"
COLOURS = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"


@pytest.fixture
def printed(site, open_page):
    """Opens an address as it is printed, by somebody who reads in the dark."""
    page = open_page(color_scheme="dark")

    def opened(url: str):
        page.goto(url)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.emulate_media(media="print")
        return page

    return opened


def shown(page, selector: str) -> int:
    return page.locator(selector).filter(visible=True).count()


def test_a_printed_topic_is_words_and_people(printed):
    topic = cast.make_topic("Wo ist die Anleitung?", text="Siehe https://example.org/anleitung")
    cast.accept(cast.make_post(topic, text="Im Karton."))
    page = printed(f"/topics/{topic.id}")
    assert shown(page, GONE) == 0
    assert shown(page, ".hk-author__name") >= 2
    assert page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    link = page.locator(".hk-prose a").first
    assert link.evaluate(BEHIND) == '" (https://example.org/anleitung)"'
    assert f"/topics/{topic.id}-wo-ist-die-anleitung" in page.locator(".hk-source").inner_text()
    assert page.locator(".hk-author").first.evaluate(AFTER) == "avoid"


def test_a_printed_article_says_where_it_is_from(printed):
    article = written("Router neu starten")
    page = printed(f"/knowledge/{article}")
    assert shown(page, GONE) == 0
    assert shown(page, "h1") == 1
    assert f"/knowledge/{article}-router-neu-starten" in page.locator(".hk-source").inner_text()


def test_a_time_on_paper_is_a_date(printed):
    topic = cast.make_topic()
    page = printed(f"/topics/{topic.id}")
    time = page.locator("relative-time").first
    assert time.get_attribute("title") in time.evaluate(BEHIND).encode().decode()


def test_the_screen_shows_no_source_line(site, open_page):
    page = open_page()
    page.goto(f"/topics/{cast.make_topic().id}")
    assert shown(page, ".hk-source") == 0
    assert shown(page, ".hk-header") == 1
