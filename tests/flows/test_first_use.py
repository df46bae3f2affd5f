"""The first use: an administrator walks the guide from nothing to open and invites an agent.

In local mode, because the stories have no https; the guide is the same, only nobody is led to it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.core.db import db, transaction
from app.forum.models import FIRST_BOARD, FIRST_DESCRIPTION, Board
from tests import cast
from tests.flows.conftest import link_in
from tests.flows.walking import said

pytestmark = [pytest.mark.browser, pytest.mark.only("sqlite")]

PASSWORD = "vier krumme Dosen wackeln"
LOOKS = [pytest.param("de", True, id="de-script"), pytest.param("en", False, id="en-plain")]
IMPRINT = {
    "provider": "Talfunk GmbH",
    "provider_address": "Talweg 3, 24103 Kiel",
    "provider_email": "info@talfunk.example.org",
    "provider_phone": "+49 431 123456",
    "contact_email": "hilfe@talfunk.example.org",
    "authority_email": "behoerden@talfunk.example.org",
}


@pytest.fixture
def fresh(site: str) -> None:
    """As set-up leaves it: one board, laid and not looked at."""
    board = cast.board("internet")
    with transaction():
        row = db.session.get_one(Board, board.id)
        row.name, row.description = FIRST_BOARD, FIRST_DESCRIPTION
    cast.account("Ada")


def press(page: Page, language: str, words: str, **values: str) -> None:
    name = re.compile(re.escape(said(words, language, **values)))
    page.locator("main").get_by_role("button", name=name).last.click()


def next_step(page: Page, language: str, title: str) -> None:
    page.get_by_role(
        "link", name=said("Next: %(step)s", language, step=said(title, language))
    ).click()


def is_done(page: Page, language: str, done: int) -> None:
    page.goto("/admin")
    words = said("%(done)s of %(all)s steps done", language, done=done, all=9)
    expect(page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize(("language", "script"), LOOKS)
@pytest.mark.usefixtures("fresh")
def test_an_administrator_opens_the_forum_and_an_agent_joins(open_page, mail_to, language, script):
    cast.prefer("Ada", language)
    ada = open_page(language, script, name="Ada")
    is_done(ada, language, 0)
    name_it(ada, language)
    say_who_runs_it(ada, language)
    press(ada, language, "Keep as it is")
    arrange_boards(ada, language)
    write_the_rules(ada, language)
    publish_texts(ada, language)
    send_a_test_letter(ada, language, mail_to)
    invite(ada, language)
    join(open_page(language, script), language, mail_to)
    ada.goto("/admin")
    expect(ada.locator("main")).to_contain_text(
        said("Everything is set up. What you see here can be changed at any time.", language)
    )


def name_it(ada: Page, language: str) -> None:
    ada.locator(".hk-setup h3 a").first.click()
    ada.fill("[name=name]", "Talfunk-Kreis")
    ada.fill("[name=company]", "Talfunk")
    press(ada, language, "Save look")
    expect(ada.locator("header")).to_contain_text("Talfunk-Kreis")
    next_step(ada, language, "Imprint and contacts")


def say_who_runs_it(ada: Page, language: str) -> None:
    for field, words in IMPRINT.items():
        ada.fill(f"[name={field}]", words)
    ada.locator("[name=authority_languages][value=de]").check()
    press(ada, language, "Save imprint")
    next_step(ada, language, "Language")


def arrange_boards(ada: Page, language: str) -> None:
    ada.goto("/admin/boards/new")
    ada.fill("[name=board_name]", "Rechnung")
    ada.locator("[name=icon][value=receipt]").check(force=True)
    press(ada, language, "Create the board")
    press(ada, language, "Move “%(name)s” up", name="Rechnung")
    expect(ada.locator(".hk-arrange__row h3").first).to_have_text("Rechnung")
    next_step(ada, language, "Netiquette")


def write_the_rules(ada: Page, language: str) -> None:
    ada.locator(".hk-arrange__row h3 a").first.click()
    ada.fill("[name=text_de]", "Bei {company} bleiben wir freundlich.")
    ada.fill("[name=text_en]", "At {company} we stay friendly.")
    press(ada, language, "Save the draft")
    ada.fill("[name=changes_de]", "Regel 1 nennt uns.")
    ada.fill("[name=changes_en]", "Rule 1 names us.")
    press(ada, language, "Publish the netiquette")
    next_step(ada, language, "Privacy page")


def publish_texts(ada: Page, language: str) -> None:
    for following in ("Accessibility statement", "E-mail"):
        ada.fill("[name=text_de]", "Geprüft von Talfunk.")
        ada.fill("[name=text_en]", "Checked by Talfunk.")
        press(ada, language, "Publish text")
        done = "The text is published. Everybody reads this version from now on."
        expect(ada.locator("main")).to_contain_text(said(done, language), timeout=20_000)
        next_step(ada, language, following)


def send_a_test_letter(ada: Page, language: str, mail_to) -> None:
    ada.locator("main form").get_by_role("button").first.click()
    mail_to("ada@example.org")
    ada.reload()
    expect(ada.locator("#tests")).to_contain_text(said("Sent", language))
    next_step(ada, language, "Team")


def invite(ada: Page, language: str) -> None:
    ada.fill("[name=email]", "ines@example.org")
    press(ada, language, "Send the invitation")
    expect(ada.locator("main")).to_contain_text("ines@example.org")


def join(ines: Page, language: str, mail_to) -> None:
    ines.goto(link_in(mail_to("ines@example.org")))
    ines.fill("[name=name]", "Ines")
    ines.fill("[name=password]", PASSWORD)
    ines.check("[name=netiquette]")
    press(ines, language, "Join the team")
    expect(ines).to_have_url(re.compile("/desk"))
    expect(ines.locator("body")).to_contain_text(
        said(
            "Welcome to the team. Here you see what is waiting for it, the most urgent first.",
            language,
        )
    )
