"""What the browser stories of the circle share: who walks, asking and answering, the office."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests import cast
from tests.flows.walking import Letters, Walker, table, words_of

TITLE = "Warum blinkt der Router rot?"
PEOPLE = ("Karin", "Tom", "Nele", "Anna", "Mo", "Paul")
LOOKS = [pytest.param(("de", True), id="de-script"), pytest.param(("en", False), id="en-plain")]


@dataclass
class Stage:
    """The forum of one story: who walks through it, and their letters."""

    enter: Callable[..., Walker]
    letters: Letters
    walkers: dict[str, Walker]

    def as_(self, name: str) -> Walker:
        """This person's browser, at the front page; a "guest" has no account."""
        if name not in self.walkers:
            self.walkers[name] = self.enter(None if name == "guest" else name)
        self.walkers[name].start()
        return self.walkers[name]

    @property
    def helper(self) -> str:
        """What the first rank that asks for something is called."""
        return "Helfer" if self.letters.language == "de" else "Helper"

    def takes_at_most(self, **clicks: int) -> None:
        """The story must not grow longer. Without script, asking has one step more."""
        used = {name: walker.clicks for name, walker in self.walkers.items()}
        longer = {name: count for name, count in used.items() if count > clicks[name]}
        assert longer == {}, f"more clicks than {clicks}"


@pytest.fixture
def stage(open_page, outbox, request) -> Iterator[Stage]:
    language, script = request.param
    shots = os.environ.get("HELFERKREIS_SHOTS")
    for name in PEOPLE:
        cast.account(name)
        cast.prefer(name, language)

    def enter(name: str | None) -> Walker:
        page = open_page(language, script, name=name, reduced_motion="reduce")
        return Walker(page, language, script=script, shots=Path(shots) if shots else None)

    made = Stage(enter, Letters(outbox, language), {})
    yield made
    print(f"\n{request.node.name}: {table(*made.walkers.items())}")


def ask(karin: Walker) -> None:
    karin.follow("Ask a question")
    karin.fill("Your question in one sentence", TITLE)
    if not karin.script:
        karin.press("Continue")
    karin.fill("What happened, and what have you tried already?", "Seit heute blinkt er rot.")
    karin.press("Publish question")
    karin.sees("Your topic is published. We will write to you when somebody answers.")


def answer(somebody: Walker, text: str) -> None:
    somebody.follow(TITLE)
    somebody.fill("Text of the answer", text)
    somebody.press("Publish answer")
    somebody.sees("Thank you, your post is published.")


def accept(karin: Walker) -> None:
    karin.open_news("%(name)s answered in “%(title)s”.", name="Tom", title=TITLE)
    karin.press("Mark as solution")
    expect(karin.page.locator("article.hk-post--solution")).to_have_count(1)


def solve(stage: Stage, steps: str) -> None:
    """Karin asks, Tom answers with these steps, she hears of it and accepts."""
    ask(stage.as_("Karin"))
    answer(stage.as_("Tom"), steps)
    stage.letters.to("Karin", TITLE)
    accept(stage.as_("Karin"))


def letter_in(walker: Walker) -> str:
    """The letter on the page, as one line."""
    shown: Locator = walker.page.locator(".hk-letter").first
    expect(shown).to_be_visible()
    return " ".join(shown.inner_text().split())


def office(stage: Stage, name: str, kind: str = "") -> Walker:
    """One of the team goes to the desk and, if a kind is named, opens the first thing of it."""
    walker = stage.as_(name)
    walker.follow("Service desk", within=walker.page.locator("header"))
    if kind:
        chip = walker.page.locator(".hk-chip").get_by_text(walker.say(kind), exact=True)
        walker.clicks += 1
        walker.page.locator(".hk-inrow", has=chip).first.locator("h3 a").click()
    return walker


def letter_in_form(walker: Walker) -> str:
    return " ".join(walker.page.locator("form .hk-letter").first.inner_text().split())


def is_in(letter: str, mail: EmailMessage) -> None:
    """Word for word; what the page shows as headings has a colon in the plain text."""
    assert letter.replace(":", "") in words_of(mail).replace(":", "")
