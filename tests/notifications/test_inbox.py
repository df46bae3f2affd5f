"""The inbox: own notices, newest first, in pages; reading is a button."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.forum.models import Post
from app.notifications.models import Notification
from tests import cast
from tests.notifications.conftest import accept, answer, ask, unread
from tests.surfer import Surfer

Work = Callable[[], None]
Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")


def notice_of(name: str) -> Notification:
    mine = select(Notification).filter_by(account_id=cast.account(name).id)
    return db.session.scalars(mine.order_by(Notification.id)).first()  # type: ignore[return-value]


def test_a_guest_is_asked_to_sign_in(client: Surfer) -> None:
    assert client.get("/account/notifications").status_code == 303
    assert client.submit("/account/notifications/read").status_code == 401
    assert client.submit("/account/notifications/1/open").status_code == 401


def test_the_inbox_says_who_did_what(client_as: Browser, work: Work) -> None:
    accept(answer(ask()))
    work()
    karin = client_as("Karin", "en").get("/account/notifications").text
    tom = client_as("Tom", "de").get("/account/notifications").text
    assert "Tom answered in “Router rot”." in karin
    assert "Karin hat Ihre Antwort in „Router rot“ als Lösung markiert." in tom


def test_an_empty_inbox_shows_a_next_step(client_as: Browser) -> None:
    assert "/topics?filter=unanswered" in client_as("Nele").get("/account/notifications").text


def test_looking_changes_nothing(client_as: Browser, work: Work) -> None:
    answer(ask())
    work()
    client_as("Karin").get("/account/notifications")
    assert unread("Karin") == 1
    assert notice_of("Karin").read_at is None


def test_all_are_read_at_once_and_again(client_as: Browser, work: Work) -> None:
    question = ask()
    answer(question)
    answer(question)
    work()
    karin = client_as("Karin")
    for _ in range(2):
        assert karin.submit("/account/notifications/read").status_code == 303
        assert unread("Karin") == 0
    answer(question)
    work()
    assert unread("Karin") == 1


def test_who_sees_the_topic_has_read_its_news(client_as: Browser, work: Work) -> None:
    """As after a mail, which leads to the topic; news of other topics stay new."""
    question, other = ask(), ask(text="Und nun?")
    answer(question)
    answer(question)
    answer(other)
    work()
    karin = client_as("Karin", "en")
    assert unread("Karin") == 3
    page = karin.get(f"/topics/{question.topic_id}", follow_redirects=True).text
    assert 'hx-post="/account/notifications/seen"' in page
    assert unread("Karin") == 3, "looking alone changes nothing"
    for _ in range(2):
        bell = karin.submit("/account/notifications/seen", topic=question.topic_id)
        assert "Notifications, 1 new" in bell.text and "<html" not in bell.text
        assert unread("Karin") == 1


@pytest.mark.parametrize("topic", ["", "0", "x", "9" * 30, "4711"])
def test_nonsense_is_seen_by_nobody(client_as: Browser, work: Work, topic: str) -> None:
    answer(ask())
    work()
    assert client_as("Karin").submit("/account/notifications/seen", topic=topic).status_code == 200
    assert unread("Karin") == 1


def test_nobody_sees_for_another(client_as: Browser, client: Surfer, work: Work) -> None:
    question = ask()
    answer(question)
    work()
    assert client_as("Nele").submit("/account/notifications/seen", topic=question.topic_id)
    assert client.submit("/account/notifications/seen", topic=question.topic_id).status_code == 401
    assert unread("Karin") == 1


def test_where_nothing_is_new_nothing_is_told(client_as: Browser) -> None:
    question = ask()
    page = client_as("Karin").get(f"/topics/{question.topic_id}", follow_redirects=True).text
    assert "/account/notifications/seen" not in page


def test_opening_one_marks_it_and_leads_to_its_post(client_as: Browser, work: Work) -> None:
    question = ask()
    post = answer(question)
    answer(question)
    work()
    notice = notice_of("Karin")
    for _ in range(2):
        opened = client_as("Karin").submit(f"/account/notifications/{notice.id}/open")
        assert opened.status_code == 303
        assert opened.location == f"/posts/{post.id}"
        assert unread("Karin") == 1


def test_nobody_opens_the_notice_of_somebody_else(client_as: Browser, work: Work) -> None:
    answer(ask())
    work()
    notice = notice_of("Karin")
    assert client_as("Tom").submit(f"/account/notifications/{notice.id}/open").status_code == 404
    assert unread("Karin") == 1


def test_s02_what_is_no_longer_visible_is_not_listed(client_as: Browser, work: Work) -> None:
    post = answer(ask())
    work()
    with transaction():
        db.session.get_one(Post, post.id).state = "hidden"
    assert opened_by(client_as("Karin").get("/account/notifications").text) == []


@pytest.mark.slow
def test_pages_follow_each_other_without_gap(client_as: Browser, work: Work) -> None:
    question = ask()
    for _ in range(35):
        answer(question)
    work()
    karin = client_as("Karin")
    first = karin.get("/account/notifications").text
    (following,) = set(re.findall(r"/account/notifications\?after=\d+", first))
    ids = [int(i) for page in (first, karin.get(following).text) for i in opened_by(page)]
    assert len(ids) == 35
    assert ids == sorted(set(ids), reverse=True)


def opened_by(page: str) -> list[str]:
    return re.findall(r"/account/notifications/(\d+)/open", page)


@pytest.mark.parametrize("after", ["0", "-1", "9999999999999999999", "x", "1.2.3", "'", "%00"])
def test_a_strange_page_is_no_error(client_as: Browser, after: str) -> None:
    assert client_as("Karin").get(f"/account/notifications?after={after}").status_code == 200


@pytest.mark.slow
def test_the_inbox_costs_few_queries(
    client_as: Browser, work: Work, count_queries: Callable
) -> None:
    question = ask()
    for _ in range(10):
        answer(question)
    work()
    karin = client_as("Karin")
    with count_queries() as queries:
        karin.get("/account/notifications")
    assert len(queries) <= 3
