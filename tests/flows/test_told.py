"""What just happened is seen and heard, wherever the page begins; what is wrong has the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.only("sqlite")]

PHONE = {"width": 390, "height": 800}
THANKS = "Vielen Dank, Ihr Beitrag ist veröffentlicht."
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""


def long_topic():
    topic = cast.make_topic()
    for number in range(12):
        cast.make_post(topic, text=f"Antwort {number}. " + "Noch ein Satz dazu. " * 12)
    return topic


@pytest.mark.parametrize("script", [True, False])
def test_the_message_is_in_view_though_the_page_begins_far_down(site, open_page, script):
    topic = long_topic()
    page = open_page(script=script, name="Nele", viewport=PHONE)
    page.goto(f"/topics/{topic.id}")
    page.fill("[name=text]", "Das hat bei mir geholfen.")
    page.locator("main form[action$='/posts'] .hk-btn--primary").click()
    message = page.locator("#messages .hk-flash")
    expect(message).to_contain_text(THANKS)
    assert message.evaluate(IN_VIEW)
    mine = page.locator("article", has_text="Das hat bei mir geholfen.")
    assert mine.evaluate(IN_VIEW)
    below = "([a, b]) => a.getBoundingClientRect().bottom <= b.getBoundingClientRect().top"
    assert page.evaluate(below, [message.element_handle(), mine.element_handle()])
    message.locator("a").click()
    expect(message).to_have_count(0)
    assert "done=" not in page.url


def test_the_message_is_read_out_and_told_only_once(site, open_page):
    topic = cast.make_topic()
    page = open_page(name="Karin")
    page.goto(f"/topics/{topic.id}?done=answered")
    expect(page.locator("#said")).to_have_text(THANKS)
    assert "done=" not in page.url
    page.reload()
    expect(page.locator("#messages .hk-flash")).to_have_count(0)


def test_a_swapped_button_says_what_it_did_and_keeps_the_focus(site, open_page):
    topic = cast.make_topic()
    answer = cast.make_post(topic)
    page = open_page(name="Karin")
    page.goto(f"/topics/{topic.id}")
    button = page.locator(f"#vote-{answer.id}")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_have_text("Als hilfreich markiert")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.locator("#said")).to_have_text("Nicht mehr als hilfreich markiert")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_wrong_has_the_focus(site, open_page, script):
    page = open_page(script=script, name="Karin")
    page.goto("/topics/ask?title=Warum")
    page.locator("main form[method=post] .hk-btn--primary").click()
    expect(page.locator(".hk-errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#title") or page.url.endswith("#text")
