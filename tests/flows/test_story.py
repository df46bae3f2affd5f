"""The forum's main job, from the browser to the mail: register, ask, answer, accept, be told."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Error, Page, expect

from tests import cast
from tests.flows.conftest import link_in

pytestmark = [pytest.mark.browser, pytest.mark.only("sqlite")]

PASSWORD = "vier krumme Dosen wackeln"
WORDS = {
    "de": ("Konto anlegen", "Frage stellen", "Lösung"),
    "en": ("Create an account", "Ask a question", "Solution"),
}


def send(page: Page, action: str = "") -> None:
    """Press the main button of the form that posts to `action` (the end of its address)."""
    about = f"[action$='{action}']" if action else ""
    form = page.locator(f"main form[method=post]{about}").first
    form.locator("button[type=submit]:not([formaction]):not([name=preview])").last.click()


def register(page: Page, mail_to: Callable[[str], EmailMessage], language: str) -> None:
    page.goto("/account/register")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.fill("[name=name]", "Karla")
    page.fill("[name=email]", "karla@example.org")
    page.fill("[name=password]", PASSWORD)
    page.check("[name=netiquette]")
    send(page, "/account/register")
    page.goto(link_in(mail_to("karla@example.org")))
    page.locator("main form[method=post] button[type=submit]").first.click()


def sign_in(page: Page) -> None:
    page.goto("/account/login")
    page.fill("[name=email]", "karla@example.org")
    page.fill("[name=password]", PASSWORD)
    send(page)
    expect(page.locator("header [data-sign-out]")).to_have_count(1)


def ask(page: Page, *, script: bool) -> None:
    page.goto("/topics/ask")
    page.fill("[name=title]", "Warum blinkt der Router rot?")
    if not script:
        page.locator("[data-first-step] button").click()
    page.select_option("[name=board]", "internet")
    page.fill("[name=text]", "Seit heute **rot**. Was kann ich tun?")
    if script:
        page.locator(".hk-tabs__tab").nth(1).click()
        expect(page.locator(".hk-composer__preview strong")).to_have_text("rot")
        page.locator("[data-write]").click()
    send(page, "/topics/ask")
    expect(page.locator("article[id^=post-]")).to_have_count(1)
    expect(page.locator("article strong")).to_have_text("rot")


def answer(page: Page, url: str) -> None:
    page.goto(url)
    page.fill("[name=text]", "Zehn Sekunden den Stecker ziehen.")
    send(page, "/posts")
    expect(page.locator("article[id^=post-]")).to_have_count(2)


@pytest.mark.parametrize(("language", "script"), [("de", True), ("en", False)])
def test_a_customer_asks_gets_an_answer_accepts_it_and_all_are_told_by_mail(
    open_page, mail_to, language, script
):
    karla = open_page(language, script)
    register(karla, mail_to, language)
    sign_in(karla)
    ask(karla, script=script)
    topic = karla.url.split("?")[0]

    cast.prefer("Tom", language)
    tom = open_page(language, script, name="Tom")
    answer(tom, topic)

    told = mail_to("karla@example.org")
    assert "Stecker ziehen" in told.get_body(("plain",)).get_content()
    assert told.get_body(("html",)) is not None
    karla.goto(link_in(told))
    send(karla, "/acceptance")
    expect(karla.locator("article.hk-post--solution")).to_have_count(1)
    expect(karla.locator("#h-solution").first).to_contain_text(WORDS[language][2])

    thanked = mail_to("tom@example.org")
    assert "Router rot" in thanked.get_body(("plain",)).get_content()
    tom.goto("/account/notifications")
    expect(tom.locator("main")).to_contain_text("Karla")
    expect(tom.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_guest_reads_the_forum_in_their_language(open_page, language):
    page = open_page(language)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("body")).to_contain_text(WORDS[language][1])
    assert page.context.cookies() == []


def test_what_was_typed_survives_a_refused_form(open_page):
    page = open_page(script=False, name="Karin")
    page.goto("/topics/ask")
    page.fill("[name=title]", "Ein Titel, der dann fehlt")
    page.locator("[data-first-step] button").click()
    page.fill("[name=title]", "")
    page.fill("[name=text]", "Ein langer Text, der nicht verloren gehen darf.")
    send(page, "/topics/ask")
    expect(page.locator("[role=alert]")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(
        "Ein langer Text, der nicht verloren gehen darf."
    )


def test_the_watch_notices_what_it_should(open_page, watch):
    """The control of every story: a foreign request, a refusal and a script error are seen."""
    page = open_page()
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.evaluate("setTimeout(() => { throw new Error('planted') })")
    page.wait_for_timeout(300)
    with pytest.raises(Error):
        page.goto("http://elsewhere.invalid/")
    kinds = {line.split(":")[0] for line in watch.trouble}
    watch.trouble.clear()
    assert kinds == {"asks another host", "console", "script"}
