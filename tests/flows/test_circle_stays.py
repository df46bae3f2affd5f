"""What the circle leaves behind: an article from an answer, a notice that was answered, a tidy desk.

What it takes people, as clicks/pages (English without script: one click more for each who asks):

    article  Anna to review 4/4, Mo publishes 3/4, guest finds, reads and rates 4/5,
             Paul finds it while asking 2/3, Tom reads the mail and the news 3/5
    notice   guest notices and looks again 5/5, Anna decides 6/5
    desk     Anna takes, notes, answers for the team, releases 7/6
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.core.db import db
from app.forum.models import SolvedWhileAsking
from tests import cast
from tests.flows.stage import (
    LOOKS,
    TITLE,
    Stage,
    ask,
    is_in,
    letter_in_form,
    office,
    solve,
    stage,
)
from tests.flows.walking import Walker, words_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

__all__ = ["stage"]  # a fixture

STEPS = "1. Stecker ziehen.\n2. Zehn Sekunden warten."
REASONS = "Das ist eine Beleidigung nach § 185 StGB."
NOTE = "Kundin hat auch angerufen."
OFFICIAL = "Bitte halten Sie die Taste zehn Sekunden gedrückt."


def solve_and_tell(stage: Stage) -> None:
    solve(stage, STEPS)
    stage.letters.to("Tom", TITLE)


def promote(stage: Stage) -> None:
    """One from the team makes an article of the answer, another one reads and publishes it."""
    anna = office(stage, "Anna", "Suggested article")
    anna.shot("desk-suggestion")
    anna.follow("Make an article of it")
    anna.shot("promote")
    anna.press("Save and send to review")
    anna.sees("The article is now waiting for its review.")
    mo = office(stage, "Mo", "Article in review")
    mo.shot("review")
    mo.press("Publish article")
    mo.sees("The article is published.")


def is_found_first(stage: Stage) -> None:
    guest = stage.as_("guest")
    guest.page.get_by_role("searchbox").first.fill("Router blinkt")
    guest.page.keyboard.press("Enter")
    guest.clicks += 1
    hits = guest.page.locator(".hk-hit")
    expect(hits).to_have_count(2)
    expect(hits.first).to_contain_text(guest.say("Article"))
    guest.shot("search")
    hits.nth(1).get_by_role("link").first.click()
    guest.clicks += 1
    beside = guest.page.get_by_role("region", name=guest.say("The article about it"))
    guest.shot("topic-with-article")
    guest.follow(TITLE, within=beside)
    guest.press("Yes")
    guest.sees("Thank you for telling us. It helps us to keep the articles good.")
    expect(guest.page.locator("#helped")).to_contain_text("1")
    guest.shot("article")


def solves_while_asking(stage: Stage) -> None:
    paul = stage.as_("Paul")
    paul.follow("Ask a question")
    title = paul.page.get_by_label(paul.say("Your question in one sentence"))
    if paul.script:  # slow typing asks more than once: the last answer replaces the others' buttons
        with paul.page.expect_response(lambda answer: answer.url.endswith("rot")):
            title.press_sequentially("Router blinkt rot")
        paul.page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping')")
    else:
        title.fill("Router blinkt rot")
        paul.press("Continue")
    offered = paul.page.locator(".hk-suggest__item")
    expect(offered.first).to_contain_text(paul.say("Article"))
    paul.shot("asking")
    paul.press("This solved it", within=offered.first)
    paul.sees("Good to hear that this helped. Your question was not published.")
    expect(paul.page.locator("article.hk-article")).to_have_count(1)
    db.session.rollback()
    counted = select(func.count()).select_from(SolvedWhileAsking).filter_by(kind="article")
    assert db.session.execute(counted).scalar_one() == 1


def helper_is_told(stage: Stage) -> None:
    tom = stage.as_("Tom")
    tom.open_link(stage.letters.to("Tom", "Your answer became an article: %(title)s", title=TITLE))
    expect(tom.page.locator(".hk-credit")).to_contain_text("Tom")
    tom.start()
    tom.open_news("Your answer became the article “%(title)s”.", title=TITLE)
    expect(tom.page.locator("article.hk-article h1")).to_have_text(TITLE)


@pytest.mark.parametrize("stage", LOOKS, indirect=True)
def test_an_answer_becomes_an_article_that_others_find(stage):
    solve_and_tell(stage)
    promote(stage)
    is_found_first(stage)
    solves_while_asking(stage)
    helper_is_told(stage)
    stage.takes_at_most(Karin=6, Tom=5, Anna=4, Mo=3, guest=4, Paul=3)


def give_notice(stage: Stage) -> Walker:
    guest = stage.as_("guest")
    guest.follow(TITLE)
    guest.follow("Report illegal content", within=guest.page.locator("article").first)
    guest.page.select_option("[name=category]", "speech")
    guest.fill("Why is it illegal?", REASONS)
    guest.fill("Your name", "Gerda Gast")
    guest.fill("Your e-mail address", "gerda@example.org")
    guest.page.locator("[name=bona_fide]").check()
    guest.clicks += 1
    guest.shot("notice")
    guest.press("Send notice")
    guest.sees("Thank you. Your notice has arrived.")
    guest.sees("Being checked")
    guest.shot("notice-status")
    return guest


def decide_notice(stage: Stage) -> None:
    anna = office(stage, "Anna", "Notice")
    anna.choose("Hide the post")
    anna.page.get_by_role("radio", name="1").first.check()
    anna.clicks += 1
    anna.fill("What exactly breaks the rule?", "Der Beitrag beleidigt ein Mitglied.")
    anna.fill("Legal ground", "§ 185 StGB")
    anna.press("Continue")
    letter = letter_in_form(anna)
    anna.shot("notice-case")
    anna.press("Decide and send the letter")
    anna.sees("Decided. The people concerned will be told.")
    is_in(letter, stage.letters.to("Karin", "Your post was hidden: %(title)s", title=TITLE))


@pytest.mark.parametrize("stage", LOOKS, indirect=True)
def test_a_guest_gives_notice_and_hears_what_becomes_of_it(stage):
    cast.make_topic(TITLE)
    guest = give_notice(stage)
    receipt = stage.letters.to("gerda", "Your notice has arrived")
    decide_notice(stage)
    guest.open_link(receipt, "/moderation/notices/")
    guest.sees("We have looked at the post and hidden it. Others can no longer see it.")
    guest.shot("notice-decided")
    outcome = stage.letters.to("gerda", "What we decided about your notice")
    assert guest.page.url in words_of(outcome)
    stage.takes_at_most(Karin=3, Anna=6, guest=5)


@pytest.mark.parametrize("stage", LOOKS, indirect=True)
def test_the_desk_takes_notes_answers_and_lets_go(stage):
    ask(stage.as_("Karin"))
    anna = office(stage, "Anna", "Unanswered")
    anna.press("Take")
    anna.sees("This is yours now.")
    anna.page.locator(".hk-strip summary").click()
    anna.clicks += 1
    anna.fill("Internal note", NOTE)
    anna.press("Save note")
    anna.sees("The note is saved. Only the team sees it.")
    anna.shot("desk-topic")
    anna.fill("Answer", OFFICIAL)
    anna.press("Publish answer")
    anna.sees("Thank you, your post is published.")
    anna.press("Release")
    anna.sees("Nobody is in charge of this now.")
    mail = stage.letters.to("Karin", TITLE)
    assert OFFICIAL in words_of(mail)
    guest = stage.as_("guest")
    guest.follow(TITLE)
    expect(guest.page.locator(".hk-post--team")).to_contain_text(OFFICIAL)
    expect(guest.page.locator("body")).not_to_contain_text(NOTE)
    stage.takes_at_most(Karin=3, Anna=7, guest=1)
