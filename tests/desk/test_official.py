"""The team stands behind an answer: marked afterwards, or while it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.db import transaction
from app.forum.actions import make_official
from tests import cast
from tests.desk.conftest import facts
from tests.surfer import Surfer

Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")


def test_the_team_makes_an_answer_official_and_takes_it_back(client_as: Browser) -> None:
    post = cast.make_post(cast.make_topic())
    anna = client_as("Anna")
    page = anna.get(f"/posts/{post.id}", follow_redirects=True).text
    assert f"/posts/{post.id}/official" in page
    assert anna.submit(f"/posts/{post.id}/official").status_code == 303
    page = anna.get(f"/posts/{post.id}", follow_redirects=True).text
    assert f"/posts/{post.id}/official/withdraw" in page
    assert anna.submit(f"/posts/{post.id}/official/withdraw").status_code == 303


def test_the_team_marks_an_answer_while_writing_it(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna, url = client_as("Anna", "en"), f"/topics/{topic.id}/posts"
    page = anna.get(f"/topics/{topic.id}", follow_redirects=True).text
    assert 'name="official"' in page and "the company stands behind it" in page
    anna.submit(url, text="Ja.", official="y")
    anna.submit(url, text="Nein.")
    assert facts("AnswerMadeOfficial") == 1
    discussion = cast.make_topic("Plausch", kind="discussion")
    page = anna.get(f"/topics/{discussion.id}", follow_redirects=True).text
    assert 'name="official"' not in page


@pytest.mark.parametrize("name", ["Karin", "Tom", "Uwe"])
def test_nobody_else_marks_an_answer_while_writing_it(client_as: Browser, name: str) -> None:
    topic = cast.make_topic()
    browser = client_as(name)
    page = browser.get(f"/topics/{topic.id}", follow_redirects=True).text
    assert 'name="official"' not in page
    url = f"/topics/{topic.id}/posts"
    assert browser.submit(url, text="Ja.", official="y").status_code == 303
    assert facts("AnswerPublished") == 1 and facts("AnswerMadeOfficial") == 0


@pytest.mark.parametrize("name", ["Karin", "Tom", "Uwe", "Bert"])
def test_others_make_nothing_official(client_as: Browser, name: str) -> None:
    post = cast.make_post(cast.make_topic())
    browser = client_as(name)
    assert browser.submit(f"/posts/{post.id}/official").status_code == 403
    anna = cast.actor("Anna")
    with transaction():
        make_official(anna, post_id=post.id)
    assert browser.submit(f"/posts/{post.id}/official/withdraw").status_code == 403
    page = browser.get(f"/posts/{post.id}", follow_redirects=True).text
    assert f"/posts/{post.id}/official" not in page
