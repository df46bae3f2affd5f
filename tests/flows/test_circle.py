"""The circle closes: a helper becomes super user, and order is fair, in a real browser.

Everybody begins at the front page or with a mail and clicks only what stands there. What it takes
them, as clicks/pages (English without script: Karin one click more, for the step before the form):

    Karin  asks 2/3, accepts 3/4, reports 4/4, hears of the outcome 2/2
    Tom    answers 2/3, sees points and rank 2/2, profile 2/1, charter 2/2, profile 2/1, hides 5/5
    Anna   invites 3/3, reverses 6/5
    Nele   answers 2/3, reads the letter and objects 3/4, reads the answer 2/3
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.flows.stage import (
    LOOKS,
    TITLE,
    Stage,
    answer,
    is_in,
    letter_in,
    letter_in_form,
    office,
    solve,
    stage,
)
from tests.superusers.conftest import ask_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

__all__ = ["stage"]  # a fixture

STEPS = "Zehn Sekunden den Stecker ziehen."
RUDE = "Wer das nicht weiß, ist zu blöd für einen Router."
FACTS = "Der Beitrag nennt andere Mitglieder „zu blöd“."


def help_and_be_seen(stage: Stage) -> None:
    """Asked, answered, accepted; points and rank stand where the helper looks."""
    solve(stage, STEPS)
    stage.letters.to("Tom", "You have reached a new rank: %(rank)s", rank=stage.helper)
    tom = stage.as_("Tom")
    tom.open_news("You have reached the rank “%(rank)s”.", rank=stage.helper)
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
    anna.sees("The invitation is on its way. Now the person decides.")
    tom = stage.walkers["Tom"]
    tom.open_link(stage.letters.to("Tom", "Would you like to become a super user?"))
    tom.shot("charter")
    tom.press("Accept the charter")
    tom.sees("Thank you. You are a super user from now on.")
    tom.shot("superuser")
    stage.letters.to("Tom", "Welcome as a super user")
    tom.menu("Profile")
    expect(tom.page.locator(".hk-person .hk-badge")).to_contain_text(tom.say("Super user"))


def report(stage: Stage) -> None:
    answer(stage.as_("Nele"), RUDE)
    karin = stage.as_("Karin")
    karin.follow(TITLE)
    karin.follow("Report", within=karin.post_of("Nele"))
    karin.page.get_by_role("radio").first.check()
    karin.clicks += 1
    karin.shot("report")
    karin.press("Report the post")
    karin.sees("Thank you. The moderators will look at the post and tell you what they decide.")


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
    tom.sees("Decided. The people concerned will be told.")
    guest = stage.as_("guest")
    guest.follow(TITLE)
    expect(guest.page.locator("main")).not_to_contain_text(RUDE)
    return letter


def object_to(stage: Stage, letter: str) -> None:
    mail = stage.letters.to("Nele", "Your post was hidden: %(title)s", title=TITLE)
    is_in(letter, mail)
    nele = stage.as_("Nele")
    nele.open_news(
        "Your post in “%(title)s” was hidden. Here is why, and what you can do.", title=TITLE
    )
    assert letter_in(nele) == letter
    nele.shot("decision")
    nele.fill("What have we overlooked?", "Das war ironisch gemeint, ich zitiere den Hersteller.")
    nele.press("Send objection")
    nele.sees("Your objection has arrived. Somebody else will examine it and write to you.")


def reverse(stage: Stage) -> None:
    anna = office(stage, "Anna", "Objection")
    anna.follow("Decide the objection")
    anna.choose("Reverse the decision and show the post again")
    anna.fill("Your reasons", "Es war erkennbar ein Zitat.")
    anna.press("Continue")
    letter = letter_in_form(anna)
    anna.shot("appeal")
    anna.press("Decide and send the letter")
    anna.sees("The objection is decided. Its author will be told.")
    mail = stage.letters.to("Nele", "Your post is visible again: %(title)s", title=TITLE)
    is_in(letter, mail)


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
    stage.letters.to("Karin", "What became of your report")
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
    stage.takes_at_most(Karin=12, Tom=15, Anna=9, Nele=7, guest=2)
