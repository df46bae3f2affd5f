"""Who is told of what: once, only what they may read, and by mail if they want."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.jobs import Job
from app.forum.models import Board, Post, Topic
from app.notifications import actions, reactions
from tests import cast
from tests.notifications.conftest import (
    accept,
    answer,
    ask,
    comment,
    told,
    unread,
    watch,
)

Work = Callable[[], None]
Mails = Callable[[], list[tuple[str, str]]]

pytestmark = pytest.mark.usefixtures("app")


def test_the_asker_is_told_of_an_answer(work: Work) -> None:
    post = answer(ask())
    work()
    assert told(post) == {("Karin", "answer")}
    assert unread("Karin") == 1


def test_the_author_is_not_told_of_the_own_answer(work: Work) -> None:
    question = ask()
    post = answer(question, author="Karin")
    work()
    assert told(post) == set()


def test_watchers_are_told_of_a_comment(work: Work) -> None:
    question = ask()
    watch(question, "Uwe")
    post = comment(answer(question), author="Nele")
    work()
    assert told(post) == {("Karin", "comment"), ("Tom", "comment"), ("Uwe", "comment")}


def test_somebody_who_is_mentioned_is_told_of_that_and_not_also_of_the_answer(work: Work) -> None:
    cast.account("Uwe")
    post = answer(ask(), text="Frag @uwe, oder @Karin weiß es selbst. `@Anna` nicht, @Tom auch.")
    work()
    assert told(post) == {("Karin", "mention"), ("Uwe", "mention")}
    assert unread("Karin") == 1


def test_a_mention_in_a_question_is_told(work: Work) -> None:
    cast.account("Uwe")
    post = ask(text="@Uwe, was tun?")
    work()
    assert told(post) == {("Uwe", "mention")}


def test_no_more_than_ten_people_are_called_by_one_post(work: Work) -> None:
    names = [f"Gast{number}" for number in range(15)]
    for name in names:
        cast.account(name)
    post = ask(text=" ".join(f"@{name}" for name in names))
    work()
    assert told(post) == {(name, "mention") for name in names[: reactions.MENTIONS_MAX]}


def test_the_helper_is_told_of_the_acceptance(work: Work) -> None:
    post = answer(ask())
    accept(post)
    work()
    assert ("Tom", "acceptance") in told(post)


def test_nobody_is_told_of_accepting_the_own_answer(work: Work) -> None:
    post = answer(ask(), author="Karin")
    accept(post)
    work()
    assert told(post) == set()


@pytest.mark.parametrize("names", [("Tom",), ("Uwe",), ("Anna",), ("Bert",)])
def test_nobody_is_told_of_what_they_may_not_read(work: Work, names: tuple[str, ...]) -> None:
    """The lounge is for super users: Uwe and the team read it, Tom and the suspended Bert do not."""
    for name in names:
        cast.account(name)
    question = ask(author="Mo", board="lounge", text=f"@{names[0]}, was meinst du?")
    work()
    expected = set() if names[0] in ("Tom", "Bert") else {(names[0], "mention")}
    assert told(question) == expected


def test_a_watcher_who_lost_access_is_told_nothing(work: Work, mails: Mails) -> None:
    question = ask()
    watch(question, "Uwe")
    conceal_board()
    post = answer(question, author="Anna")
    assert mails() == []
    assert told(post) == set()


def conceal_board() -> None:
    with transaction():
        db.session.query(Board).update({"audience": 3})
        db.session.query(Topic).update({"audience": 3})


def test_held_posts_are_told_when_others_can_see_them(work: Work) -> None:
    question = ask()
    with transaction():
        post = cast_held(question)
        reactions.tell_about_answer(post_id=post.id)
    assert told(post) == set()


def cast_held(question: Post) -> Post:
    post = Post(
        topic_id=question.topic_id,
        author_id=question.author_id,
        kind="answer",
        position=9,
        state="held",
        text="@Tom",
        html="",
        html_version=1,
        created_at=question.created_at,
    )
    db.session.add(post)
    db.session.flush()
    return post


def test_every_reaction_may_run_twice(work: Work, mails: Mails) -> None:
    cast.account("Uwe")
    post = answer(ask(), text="@Uwe weiß das.")
    accept(post)
    work()
    before, letters = (unread("Karin"), unread("Tom"), unread("Uwe")), len(mails())
    calls = db.session.execute(select(Job.name, Job.arguments).order_by(Job.id)).all()
    again = [c for c in calls if c.name.startswith("app.notifications.reactions.tell")]
    assert len(again) == 3
    for call in again:
        with transaction():
            getattr(reactions, call.name.rsplit(".", 1)[1])(**call.arguments)
    work()
    assert (unread("Karin"), unread("Tom"), unread("Uwe")) == before == (1, 1, 1)
    assert len(mails()) == letters == 3


def test_many_watchers_are_told_some_at_a_time(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "WATCHERS_AT_ONCE", 3)
    question = ask()
    names = [f"Fan{number}" for number in range(8)]
    watch(question, *names)
    post = answer(question)
    work()
    assert {name for name, _ in told(post)} == {"Karin", *names}
    tellers = select(Job.id).where(Job.name.endswith("tell_watchers"))
    assert len(db.session.scalars(tellers).all()) == 3, "ten people, three at a time"


def test_the_counter_equals_the_rows(work: Work) -> None:
    question = ask()
    for _ in range(3):
        answer(question)
    work()
    with transaction():
        cast.account("Karin").unread_count = 99
    with transaction():
        actions.recount_unread()
    assert unread("Karin") == 3


# Mail


def test_the_asker_gets_a_german_mail_with_the_answer(mails: Mails) -> None:
    post = answer(ask(), text="Drücken Sie **zehn** Sekunden.")
    ((to, text),) = mails()
    assert to == "karin@example.org"
    assert "Drücken Sie zehn Sekunden." in text
    assert f"http://localhost/posts/{post.id}" in text
    assert "Tom" in text
    assert "http://localhost/account/settings" in text


def test_a_mail_speaks_the_language_of_its_reader(mails: Mails) -> None:
    question = ask()
    cast.prefer("Karin", "en")
    answer(question)
    ((_, text),) = mails()
    assert "Tom answered: Router rot" in text
    assert "Hello Karin," in text


@pytest.mark.parametrize("kind", ["answer", "mention", "acceptance"])
def test_who_does_not_want_a_mail_gets_only_the_notice(mails: Mails, kind: str) -> None:
    question = ask()
    for account in (cast.account("Karin"), cast.account("Tom")):
        with transaction():
            setattr(account, f"mail_{kind}", False)
    post = answer(question, text="@Karin, neu starten." if kind == "mention" else "Neu starten.")
    if kind == "acceptance":
        with transaction():
            cast.account("Karin").mail_answer = False
        accept(post)
    assert mails() == []
    assert told(post) != set()


@pytest.mark.parametrize("state", ["hidden", "removed", "held"])
@pytest.mark.parametrize("watcher", ["Karin", "Anna"])
def test_s02_what_is_hidden_before_the_mail_leaves_is_not_sent(
    work: Work, mails: Mails, state: str, watcher: str
) -> None:
    question = ask()
    watch(question, "Anna")
    post = answer(question, text="Geheimwort Quitte")
    with transaction():
        reactions.tell_about_answer(post_id=post.id)
    with transaction():
        db.session.get_one(Post, post.id).state = state
    assert mails() == []
    assert told(post) == {("Karin", "answer"), ("Anna", "answer")}


def test_s02_who_loses_access_before_the_mail_leaves_gets_none(mails: Mails) -> None:
    post = answer(ask())
    with transaction():
        reactions.tell_about_answer(post_id=post.id)
    conceal_board()
    assert mails() == []


def test_suspended_people_are_told_but_get_no_mail(mails: Mails) -> None:
    question = ask()
    with transaction():
        cast.account("Karin").state = "suspended"
    post = answer(question)
    assert mails() == []
    assert told(post) == {("Karin", "answer")}
