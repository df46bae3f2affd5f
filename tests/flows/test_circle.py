"""The circle closes: the whole story of customers who help customers, in a real browser.

Everybody begins at the front page or with a mail and clicks only what stands there. The numbers in
HOPS are the most clicks that each part of the story may take a person.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests import cast
from tests.flows.walking import Letters, Walker, table, words_of
from tests.superusers.conftest import ask_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

TITLE = "Warum blinkt der Router rot?"
STEPS = "1. Stecker ziehen.\n2. Zehn Sekunden warten."
RUDE = "Wer das nicht weiß, ist zu blöd für einen Router."
FACTS = "Der Beitrag nennt andere Mitglieder „zu blöd“."
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

    def clicks(self) -> dict[str, int]:
        return {name: walker.clicks for name, walker in self.walkers.items()}


@pytest.fixture
def stage(open_page, outbox, request) -> Iterator[Stage]:
    language, script = request.param
    shots = os.environ.get("HELFERKREIS_SHOTS")
    for name in PEOPLE:
        cast.account(name)
        cast.prefer(name, language)

    def enter(name: str | None) -> Walker:
        page = open_page(language, script, name=name)
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
    karin.sees("Your topic is published. We write to you when somebody answers.")


def answer(somebody: Walker, text: str) -> None:
    somebody.follow(TITLE)
    somebody.fill("Text of the answer", text)
    somebody.press("Publish answer")
    somebody.sees("Thank you, your post is published.")


def accept(karin: Walker) -> None:
    karin.open_news("%(name)s answered in “%(title)s”.", name="Tom", title=TITLE)
    karin.press("Mark as solution")
    expect(karin.page.locator("article.hk-post--solution")).to_have_count(1)


def letter_in(walker: Walker) -> str:
    """The letter on the page, as one line."""
    shown: Locator = walker.page.locator(".hk-letter").first
    expect(shown).to_be_visible()
    return " ".join(shown.inner_text().split())


def help_and_be_seen(stage: Stage) -> None:
    """Asked, answered, accepted; points and rank stand where the helper looks."""
    ask(stage.as_("Karin"))
    answer(stage.as_("Tom"), STEPS)
    stage.letters.to("Karin", TITLE)
    accept(stage.as_("Karin"))
    stage.letters.to(
        "Tom", "You have reached a new rank: %(rank)s", rank="Helfer" if de(stage) else "Helper"
    )
    tom = stage.as_("Tom")
    tom.open_news("You have reached the rank “%(rank)s”.", rank="Helfer" if de(stage) else "Helper")
    tom.sees("Your answer was marked as the solution")
    expect(tom.page.locator("[aria-labelledby=h-own]")).to_contain_text("10")
    tom.shot("progress")
    tom.menu("Profile")
    expect(tom.page.locator(".hk-person .hk-badge")).to_have_count(1)
    tom.shot("member")


def become_superuser(stage: Stage) -> None:
    """The nomination reached the desk; the team says yes, the member accepts the charter."""
    anna = stage.as_("Anna")
    anna.follow("Service desk", within=anna.page.locator("header"))
    anna.shot("desk")
    anna.follow("%(name)s could become a super user", name="Tom")
    anna.shot("nomination")
    anna.press("Invite %(name)s", name="Tom")
    anna.sees("The invitation is out. The person decides now.")
    tom = stage.walkers["Tom"]
    tom.open_link(stage.letters.to("Tom", "Would you like to become a super user?"))
    tom.shot("charter")
    tom.press("Accept the charter")
    tom.sees("Thank you. You are a super user from now on.")
    tom.shot("superuser")
    stage.letters.to("Tom", "Welcome as a super user")
    tom.menu("Profile")
    expect(tom.page.locator(".hk-person .hk-badge")).to_contain_text(
        "Super User" if de(stage) else "Super user"
    )


def de(stage: Stage) -> bool:
    return stage.letters.language == "de"


def report(stage: Stage) -> None:
    answer(stage.as_("Nele"), RUDE)
    karin = stage.as_("Karin")
    karin.follow(TITLE)
    karin.follow("Report", within=karin.post_of("Nele"))
    karin.page.get_by_role("radio").first.check()
    karin.clicks += 1
    karin.shot("report")
    karin.press("Report the post")
    karin.sees("Thank you. The moderators look at the post and tell you what they decide.")


def hide(stage: Stage) -> str:
    """The super user reads the letter before deciding; that letter is what the author gets."""
    tom = stage.as_("Tom")
    tom.menu("Moderation")
    tom.shot("queue")
    tom.follow(TITLE)
    tom.fill("What exactly breaks the rule?", FACTS)
    tom.press("Continue")
    letter = letter_in(tom)
    assert FACTS in letter
    tom.shot("case")
    tom.press("Decide and send the letter")
    tom.sees("Decided. The people concerned are told.")
    guest = stage.as_("guest")
    guest.follow(TITLE)
    expect(guest.page.locator("main")).not_to_contain_text(RUDE)
    return letter


def object_to(stage: Stage, letter: str) -> None:
    mail = stage.letters.to("Nele", "Your post was hidden: %(title)s", title=TITLE)
    assert letter in words_of(mail)
    nele = stage.as_("Nele")
    nele.open_news(
        "Your post in “%(title)s” was hidden. Here is why, and what you can do.", title=TITLE
    )
    assert letter_in(nele) == letter
    nele.shot("decision")
    nele.fill("What have we overlooked?", "Das war ironisch gemeint, ich zitiere den Hersteller.")
    nele.press("Send objection")
    nele.sees("Your objection has arrived. Somebody else looks at it and writes to you.")


def reverse(stage: Stage) -> None:
    anna = stage.as_("Anna")
    anna.follow("Service desk", within=anna.page.locator("header"))
    anna.page.locator(".hk-inrow", has_text=anna.say("Objection")).first.locator("h3 a").click()
    anna.clicks += 1
    anna.choose("Reverse the decision and show the post again")
    anna.fill("Your reasons", "Es war erkennbar ein Zitat.")
    anna.press("Continue")
    letter = letter_in_form(anna)
    anna.shot("appeal")
    anna.press("Decide and send the letter")
    anna.sees("The objection is decided. Its author is told.")
    mail = stage.letters.to("Nele", "Your post is visible again: %(title)s", title=TITLE)
    assert letter in words_of(mail)


def letter_in_form(walker: Walker) -> str:
    return " ".join(walker.page.locator("form .hk-letter").first.inner_text().split())


def all_are_told(stage: Stage) -> None:
    guest = stage.as_("guest")
    guest.follow(TITLE)
    expect(guest.page.locator("main")).to_contain_text(RUDE)
    nele = stage.as_("Nele")
    nele.open_news(
        "Your objection about “%(title)s” was right; the decision is reversed.", title=TITLE
    )
    nele.sees("The objection was right")
    nele.shot("reversed")
    stage.letters.to("Karin", "")
    karin = stage.as_("Karin")
    karin.open_news(
        "The post in “%(title)s” that you reported is visible again after an objection.",
        title=TITLE,
    )


@pytest.mark.parametrize("stage", LOOKS, indirect=True)
def test_a_helper_becomes_super_user_and_order_is_fair(site, stage):
    ask_for("helper", points=10, solutions=1)
    ask_for("superuser", points=10, solutions=1)
    help_and_be_seen(stage)
    become_superuser(stage)
    report(stage)
    letter = hide(stage)
    object_to(stage, letter)
    reverse(stage)
    all_are_told(stage)
