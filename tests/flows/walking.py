"""People who walk through the forum in a browser, and how many clicks and pages it takes them.

Words are given in English, as they stand in the code, and looked up in the language of the person.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from babel.support import Translations
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT
from tests.flows.conftest import LINK, MAIL_SECONDS

GERMAN = Translations.load(str(ROOT / "app" / "translations"), ["de"])


def said(word: str, language: str, **values: Any) -> str:
    """What stands on the page for this msgid."""
    text = GERMAN.gettext(word) if language == "de" else word
    return text % values if values else text


class Walker:
    """One person's browser. `clicks` are presses, `pages` what was loaded for them."""

    def __init__(self, page: Page, language: str, *, script: bool, shots: Path | None) -> None:
        self.page, self.language, self.script = page, language, script
        self.clicks = self.pages = 0
        self.shots = shots
        page.on("domcontentloaded", self._count)

    def _count(self, _page: Page) -> None:
        self.pages += 1

    def say(self, word: str, **values: Any) -> str:
        return said(word, self.language, **values)

    def start(self) -> None:
        """Everything begins at the front page."""
        self.page.goto("/")

    def press(self, word: str, *, within: Locator | None = None, **values: Any) -> None:
        self._click("button", word, within, values)

    def follow(self, word: str, *, within: Locator | None = None, **values: Any) -> None:
        self._click("link", word, within, values)

    def _click(self, role: Any, word: str, within: Locator | None, values: dict[str, Any]) -> None:
        name = re.compile(rf"^\s*{re.escape(self.say(word, **values))}(\W|$)")
        self.clicks += 1
        (within or self.page).get_by_role(role, name=name).first.click()

    def fill(self, label: str, text: str, **values: Any) -> None:
        self.page.get_by_label(self.say(label, **values)).first.fill(text)

    def choose(self, words: str, **values: Any) -> None:
        """A radio button, unless it is chosen already."""
        button = self.page.get_by_role("radio", name=self.say(words, **values))
        if not button.is_checked():
            self.clicks += 1
            button.check()

    def menu(self, word: str) -> None:
        """The menu behind one's own picture; a <details>, so it opens without script too."""
        self.clicks += 1
        self.page.locator("header details > summary").click()
        self.follow(word, within=self.page.locator("header details"))

    def open_news(self, words: str, **values: Any) -> None:
        """From the bell to the piece of news that says this."""
        self.follow("Notifications", within=self.page.locator("header"))
        assert GERMAN.gettext(words) != words, f"“{words}” is no msgid"
        news = self.page.locator("main li", has_text=self.say(words, **values)).first
        self.clicks += 1
        news.locator("button, a").click()

    def open_link(self, mail: EmailMessage, part: str = "") -> None:
        """The first link of the mail, or the first with this part in it."""
        self.clicks += 1
        links = LINK.findall(words_of(mail))
        self.page.goto(next(link for link in links if part in link))

    def post_of(self, name: str) -> Locator:
        """The post that this person wrote."""
        return self.page.locator("article.hk-post", has=self.page.get_by_role("link", name=name))

    def sees(self, text: str, **values: Any) -> None:
        """A whole sentence of ours; half of one would be looked for in English."""
        assert GERMAN.gettext(text) != text, f"“{text}” is no msgid"
        expect(self.page.locator("body")).to_contain_text(self.say(text, **values))

    def shot(self, name: str) -> None:
        """A picture of each look of the page, if the tests were asked for pictures."""
        if self.shots is None:
            return
        for width in (390, 1280):
            for theme in ("light", "dark"):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                path = self.shots / f"{name}-{self.language}-{width}-{theme}.png"
                self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})


class Letters:
    """Waits for the mail to somebody whose subject has these words; each mail is given once."""

    def __init__(self, outbox: Callable[[], list[EmailMessage]], language: str) -> None:
        self.outbox, self.language = outbox, language
        self.given: set[str] = set()

    def to(self, name: str, subject: str, **values: Any) -> EmailMessage:
        wanted = said(subject, self.language, **values)
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            for mail in self.outbox():
                number, to = str(mail["Message-ID"]), str(mail["To"])
                if number not in self.given and name.lower() in to and wanted in _subject(mail):
                    self.given.add(number)
                    return mail
            time.sleep(0.1)
        raise AssertionError(f"no mail “{wanted}” to {name} within {MAIL_SECONDS} s")


def _subject(mail: EmailMessage) -> str:
    return " ".join(str(mail["Subject"]).split())


def words_of(mail: EmailMessage) -> str:
    """The plain text on one line, as browsers and eyes see it."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def table(*people: tuple[str, Walker]) -> str:
    """Hops per person, for the closing note (pytest -s shows it)."""
    return "; ".join(f"{name} {w.clicks} clicks/{w.pages} pages" for name, w in people)
