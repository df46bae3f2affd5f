"""News about decisions, reports, the programme and articles: who is told, once, and by mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Rank
from app.core.db import db, transaction
from app.core.jobs import Job
from app.forum import actions as forum
from app.knowledge import actions as knowledge
from app.moderation import actions as moderation
from app.notifications import reactions
from app.notifications.models import Notification
from app.superusers import actions as superusers
from tests import cast
from tests.knowledge.conftest import do, promoted, published, solved
from tests.moderation.conftest import (
    accept_netiquette,
    decide,
    decide_appeal,
    object_to,
    report,
    rude_answer,
)
from tests.notifications.conftest import accept, answer, ask, told, unread
from tests.superusers.conftest import confirm, make_superuser, nominate
from tests.surfer import Surfer

Work = Callable[[], None]
Mails = Callable[[], list[tuple[str, str]]]
Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def laid(app: object) -> None:
    with transaction():
        moderation.ensure_rulebook()
        superusers.lay_ranks()
    accept_netiquette(*cast.PEOPLE)


def news_of(name: str) -> list[str]:
    """The kinds of what somebody was told about other things than posts, in order."""
    db.session.rollback()
    mine = select(Notification.kind).where(
        Notification.account_id == cast.account(name).id, Notification.subject_id.is_not(None)
    )
    return list(db.session.scalars(mine.order_by(Notification.id)))


def letters_to(name: str, mails: list[tuple[str, str]]) -> list[str]:
    return [text.replace("\r", "") for to, text in mails if to == f"{name.lower()}@example.org"]


def test_the_author_gets_exactly_the_statement_that_was_kept(mails: Mails) -> None:
    decision = decide(report(rude_answer()), "hide")
    cast.prefer("Tom", "de")
    (mail,) = letters_to("Tom", mails())
    assert decision.statement_de in mail
    assert mail.count("Hallo Tom") <= 1
    assert f"/decisions/{decision.id}" in mail
    assert news_of("Tom") == ["decision"]


def test_a_decision_is_mailed_to_somebody_who_wants_no_mail(mails: Mails) -> None:
    decision = decide(report(rude_answer()), "hide")
    _wants_nothing("Tom")
    (mail,) = letters_to("Tom", mails())
    assert decision.statement_de in mail
    assert "/account/settings" not in mail


def test_keeping_a_post_tells_the_reporter_and_not_the_author(work: Work) -> None:
    decide(report(rude_answer()), "keep")
    work()
    assert news_of("Karin") == ["report_outcome"]
    assert news_of("Tom") == []


def test_a_provisional_decision_is_no_outcome_yet(work: Work) -> None:
    cast.grant("Uwe", "moderate")
    decide(report(rude_answer()), "hide", by="Uwe")
    work()
    assert news_of("Karin") == []
    assert news_of("Tom") == ["decision"]


def test_the_reporter_reads_the_outcome_without_what_was_hidden(
    mails: Mails, client_as: Browser
) -> None:
    post = rude_answer()
    decide(report(post), "hide")
    (mail,) = letters_to("Karin", mails())
    assert "zu blöd" not in mail
    assert f"/posts/{post.id}" not in mail
    page = client_as("Karin", "en").get("/account/notifications").text
    assert "that you reported was hidden" in page
    assert "zu blöd" not in page


def test_no_outcome_is_mailed_to_a_reporter_who_wants_none(mails: Mails) -> None:
    decide(report(rude_answer()), "hide")
    _wants_nothing("Karin")
    assert letters_to("Karin", mails()) == []
    assert news_of("Karin") == ["report_outcome"]


def test_an_objection_that_was_wrong_is_answered_with_reasons(mails: Mails) -> None:
    decision = decide(report(rude_answer()), "hide")
    appeal = object_to(decision)
    decide_appeal(appeal, "upheld", reasons="Es war kein Zitat.")
    letters = letters_to("Tom", mails())
    assert len(letters) == 2
    assert "Es war kein Zitat." in letters[-1]
    assert news_of("Tom") == ["decision", "appeal_decided"]


def test_an_objection_that_was_right_brings_one_letter(mails: Mails) -> None:
    decision = decide(report(rude_answer()), "hide")
    mails()
    decide_appeal(object_to(decision), "reversed")
    assert len(letters_to("Tom", mails())) == 2  # the hiding, and the restoring
    assert news_of("Tom") == ["decision", "decision", "appeal_decided"]


def test_an_invitation_is_told_and_mailed(mails: Mails, client_as: Browser) -> None:
    confirm(nominate())
    (mail,) = letters_to("Tom", mails())
    assert "/superusers/charter" in mail
    assert "/superusers/charter" in client_as("Tom").get("/account/notifications").text or (
        news_of("Tom") == ["nomination"]
    )


def test_an_invitation_that_was_taken_back_is_neither_mailed_nor_shown(
    mails: Mails, client_as: Browser
) -> None:
    nomination = nominate()
    confirm(nomination)
    anna = cast.actor("Anna")
    with transaction():
        superusers.withdraw_invitation(anna, nomination.id, reason="Irrtum.")
    assert letters_to("Tom", mails()) == []
    assert "lädt Sie ein" not in client_as("Tom", "de").get("/account/notifications").text


def test_a_new_super_user_is_welcomed(mails: Mails) -> None:
    make_superuser()
    assert [m.splitlines()[0] for m in letters_to("Tom", mails())][-1:] != []
    assert "superuser" in news_of("Tom")


def test_a_rank_is_told_once(mails: Mails) -> None:
    rank_id = db.session.scalars(select(Rank.id).order_by(Rank.position.desc())).first()
    tom = cast.account("Tom").id
    for _ in range(2):
        with transaction():
            reactions.tell_rank(rank_id=rank_id or 0, account_id=tom)
    assert len(letters_to("Tom", mails())) == 1
    assert news_of("Tom") == ["rank"]


def test_the_helper_is_told_of_the_first_publication_only(work: Work, mails: Mails) -> None:
    post = solved()
    work()
    article = published(post)
    mails()
    assert news_of("Tom") == ["article"]
    (mail,) = [m for m in letters_to("Tom", mails()) if "/knowledge/" in m]
    assert article is not None and "Router neu starten" in mail
    with transaction():
        reactions.tell_credited(
            article_id=article.id,
            credit_account_id=cast.account("Tom").id,
            actor_id=cast.account("Anna").id,
        )
    assert news_of("Tom") == ["article"]


def test_nobody_is_told_of_an_article_that_they_may_not_read(work: Work) -> None:
    post = solved()
    work()
    draft = promoted(post, audience=cast.STAFF)
    do("Anna", knowledge.publish, draft.id)
    work()
    assert news_of("Tom") == []


def test_the_author_is_told_that_the_team_stands_behind_the_answer(work: Work) -> None:
    post = answer(ask())
    anna = cast.actor("Anna")
    with transaction():
        forum.make_official(anna, post_id=post.id)
    work()
    assert ("Tom", "official") in told(post)


def test_every_reaction_is_safe_twice(work: Work) -> None:
    """Each job runs again with the same ids: nobody is told twice."""
    decision = decide(report(rude_answer()), "hide")
    decide_appeal(object_to(decision), "upheld")
    make_superuser("Nele")
    accept(answer(ask()))
    work()
    before = {name: (unread(name), news_of(name)) for name in ("Tom", "Karin", "Nele")}
    ours = [j for j in db.session.scalars(select(Job)) if j.name.startswith(reactions.__name__)]
    assert len(ours) >= 6
    for job in ours:
        call = getattr(reactions, job.name.rsplit(".", 1)[1])
        if not call.__name__.startswith("mail_"):
            with transaction():
                call(**job.arguments)
    assert {name: (unread(name), news_of(name)) for name in before} == before


def test_opening_news_leads_to_its_page(work: Work, client_as: Browser) -> None:
    decision = decide(report(rude_answer()), "hide")
    work()
    tom = cast.account("Tom").id
    notice = db.session.scalars(select(Notification).filter_by(account_id=tom)).one()
    opened = client_as("Tom").submit(f"/account/notifications/{notice.id}/open")
    assert opened.location == f"/decisions/{decision.id}"
    assert unread("Tom") == 0


def test_the_inbox_names_every_kind(work: Work, client_as: Browser) -> None:
    decide(report(rude_answer()), "hide")
    make_superuser()
    work()
    page = client_as("Tom", "en").get("/account/notifications").text
    assert "was hidden. Here is why" in page
    assert "you are a super user now" in page


def _wants_nothing(name: str) -> None:
    with transaction():
        row = db.session.get_one(Account, cast.account(name).id)
        row.mail_answer = row.mail_mention = row.mail_acceptance = row.mail_standing = False
