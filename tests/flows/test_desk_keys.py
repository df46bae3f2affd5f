"""The desk by keyboard in a real browser: walking, opening beside the list, answering, deciding.

What works here without script too is told in test_circle_stays.py.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import transaction
from app.desk import actions as desk
from tests import cast
from tests.flows.walking import said
from tests.moderation.conftest import FACTS, report, rude_answer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]


@pytest.fixture
def questions(site: str) -> list[int]:
    """Three that wait, the oldest first."""
    now = clock.now()
    return [
        cast.make_topic(f"Frage {n}", created_at=now - timedelta(hours=9 - n)).id for n in range(3)
    ]


@pytest.fixture
def anna(open_page, questions) -> Page:
    page = open_page(name="Anna", reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.goto("/desk")
    page.wait_for_selector("[data-row][data-htmx-powered]")  # until then a row is a plain link
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def opened(page: Page, title: str) -> None:
    """The thing stands beside the list, its row is marked, and its heading has the focus."""
    expect(page.locator("#desk-thing h2").first).to_have_text(title)
    expect(page.locator("#desk-thing h2").first).to_be_focused()
    expect(page.locator(".hk-inrow--open a")).to_have_text(title)


def test_rows_are_walked_and_opened_beside_the_list(anna, questions):
    press(anna, "j", "j", "k")
    expect(anna.get_by_role("link", name="Frage 0")).to_be_focused()
    press(anna, "j", "Enter")
    opened(anna, "Frage 1")
    assert f"/desk/topic/{questions[1]}" in anna.url
    press(anna, "j", "Enter")
    opened(anna, "Frage 2")
    anna.go_back()
    expect(anna.locator("#desk-thing h2").first).to_have_text("Frage 1")
    anna.reload()
    expect(anna.locator(".hk-inrow--open a")).to_have_text("Frage 1")


def test_while_somebody_writes_keys_only_write(anna, questions):
    anna.goto(f"/desk/topic/{questions[0]}")
    press(anna, "a")
    expect(anna.locator("#text")).to_be_focused()
    anna.keyboard.type("jk a? z")
    expect(anna.locator("#text")).to_have_value("jk a? z")
    assert f"/desk/topic/{questions[0]}" in anna.url
    expect(anna.locator("#keys")).not_to_be_visible()


def test_each_thing_keeps_its_own_draft(anna):
    press(anna, "j", "Enter")
    opened(anna, "Frage 0")
    press(anna, "a")
    anna.keyboard.type("Noch nicht fertig")
    anna.get_by_role("link", name="Frage 1").click()
    opened(anna, "Frage 1")
    expect(anna.locator("#text")).to_have_value("")
    expect(anna.locator("markdown-toolbar")).to_be_visible()
    anna.get_by_role("link", name="Frage 0").click()
    opened(anna, "Frage 0")
    expect(anna.locator("#text")).to_have_value("Noch nicht fertig")


def test_one_key_takes_and_one_button_goes_on(anna, questions):
    press(anna, "j", "Enter")
    opened(anna, "Frage 0")
    press(anna, "z")
    expect(anna.locator("#messages")).to_contain_text(said("This is yours now.", "de"))
    press(anna, "a")
    anna.keyboard.type("Zehn Sekunden warten.")
    anna.get_by_role("button", name=said("Publish and go on", "de")).click()
    expect(anna.locator("#desk-thing h2").first).to_have_text("Frage 1")
    expect(anna.get_by_role("link", name="Frage 0")).to_have_count(0)


def test_the_keys_are_told_and_can_be_switched_off(anna):
    press(anna, "?")
    dialog = anna.locator("#keys")
    expect(dialog).to_be_visible()
    press(anna, "j")  # nothing moves behind an open dialog
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button").click()
    for _ in range(2):
        expect(dialog).not_to_be_visible()
        press(anna, "j", "?")
        expect(dialog).not_to_be_visible()
        assert anna.evaluate("document.activeElement.matches('[data-row]')") is False
        anna.reload()
    anna.get_by_role("button", name=said("Keys", "de")).click()
    expect(dialog).to_be_visible()


def test_a_canned_reply_goes_where_the_cursor_stands(anna, questions):
    words = desk.ReplyWords(title="Rückfrage", text="Hallo {{vorname}}, bis {{frist}}?")
    mo = cast.actor("Mo")
    with transaction():
        desk.write_reply(mo, words)
    anna.goto(f"/desk/topic/{questions[0]}")
    anna.locator("#text").fill("Guten Tag")
    anna.locator("#reply").select_option(label="Rückfrage")
    anna.get_by_role("button", name=said("Insert the reply", "de")).click()
    text = anna.locator("#text")
    expect(text).to_have_value("Guten Tag\n\nHallo Karin, bis {{frist}}?")
    expect(text).to_be_focused()
    anna.keyboard.type("Freitag")
    expect(text).to_have_value("Guten Tag\n\nHallo Karin, bis Freitag?")


def test_the_letter_is_written_while_the_form_is_filled_in(anna):
    case = report(rude_answer())
    anna.goto(f"/moderation/cases/{case.id}")
    press(anna, "a", "2", "t")
    anna.keyboard.type(FACTS)
    letter = anna.locator("#letter .hk-letter").first
    expect(letter).to_contain_text(FACTS)
    expect(letter).to_contain_text("Regel 2")
    anna.keyboard.type(" Zweimal.")
    expect(letter).to_contain_text("Zweimal.")
    expect(anna.locator("#facts")).to_be_focused()
    anna.get_by_role("button", name=said("Decide and send the letter", "de")).click()
    expect(anna.locator("#messages")).to_contain_text(
        said("Decided. The people concerned will be told.", "de")
    )


def test_on_a_phone_a_row_leads_to_a_page(open_page, questions):
    phone = open_page(name="Anna", viewport={"width": 390, "height": 844})
    phone.goto("/desk")
    phone.get_by_role("link", name="Frage 0").click()
    expect(phone.locator("#desk-list")).not_to_be_visible()
    expect(phone.locator("#desk-thing h2").first).to_have_text("Frage 0")
    phone.get_by_role("link", name=said("To the inbox", "de")).click()
    expect(phone.get_by_role("link", name="Frage 0")).to_be_visible()
