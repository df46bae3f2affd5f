"""The operator's upkeep over all features: recount, text-rebuild, what expires."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select, update

from app.accounts.models import Account, Consent, Document, MailToken, SignedInSession
from app.accounts.upkeep import forget_expired
from app.core import clock
from app.core.db import db, transaction
from app.core.text import PIPELINE_VERSION, render
from app.desk import actions as desk
from app.desk.models import Note
from app.knowledge import actions as knowledge
from app.knowledge.actions import Content
from app.knowledge.models import Revision
from app.moderation import actions as moderation
from app.superusers.models import Standing
from tests import cast
from tests.moderation.conftest import accept_netiquette
from tests.superusers.conftest import standing, vote

DAY = timedelta(days=1)


def run(app: Flask, *command: str) -> tuple[str, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=list(command))
    assert result.exit_code == 0, result.output
    db.session.rollback()
    db.session.expire_all()
    return result.stdout, result.stderr


def wrong(model: Any, **values: Any) -> None:
    with transaction():
        db.session.execute(update(model).values(values))


def test_recount_mends_points_and_unread_counters(app):
    vote("Karin", cast.make_post(cast.make_topic()))
    before = standing("Tom")
    wrong(Standing, points=77)
    wrong(Account, unread_count=5)
    people = db.session.scalar(select(func.count()).select_from(Account))
    said, _progress = run(app, "recount")
    assert standing("Tom") == before and before[0] == 2
    assert set(db.session.scalars(select(Account.unread_count))) == {0}
    assert "standings: 1 put right" in said
    assert f"unread notifications: {people} put right" in said
    said, _progress = run(app, "recount")
    assert "standings: 0 put right" in said and "unread notifications: 0 put right" in said


@pytest.fixture
def texts(app: Flask) -> None:
    """One of each kind of stored text, with the HTML of an older pipeline."""
    with transaction():
        moderation.ensure_rulebook()
    accept_netiquette("Anna")
    anna, board, topic = cast.actor("Anna"), cast.board(), cast.make_topic()
    html = render("**neu**")
    words = Content("Titel", "**neu**", html, "## neu", html)
    with current_app.test_request_context(), transaction():
        knowledge.draft_article(anna, words, board=board, audience=0)
        desk.write_note(anna, topic_id=topic.id, text="**neu**", html=html)
    wrong(Revision, problem_html="<p>alt</p>", html_version=PIPELINE_VERSION - 1)
    wrong(Note, html="<p>alt</p>")
    wrong(Document, html="<p>alt</p>")


def test_text_rebuild_renews_articles_notes_and_public_texts(app, texts):
    _out, said = run(app, "text-rebuild")
    assert "article revisions: 1 changed" in said and "notes: 1 changed" in said
    assert "public texts: 2 changed" in said
    revision = db.session.execute(select(Revision)).scalar_one()
    assert (revision.problem_html, revision.html_version) == (render("**neu**"), PIPELINE_VERSION)
    assert db.session.execute(select(Note.html)).scalar_one() == render("**neu**")
    documents = list(db.session.scalars(select(Document.html)))
    assert all("<h2" in html and "<p>alt</p>" not in html for html in documents), "not lowered"
    _out, said = run(app, "text-rebuild")
    assert "public texts: 0 changed" in said and "article revisions: 0 changed" in said


def _token(name: str, *, expires: timedelta, used: timedelta | None = None) -> None:
    moment, person = clock.now(), cast.account(name)
    with transaction():
        db.session.add(
            MailToken(
                account_id=person.id,
                purpose="confirm",
                secret_hash=f"{name}{expires}{used}",
                email=person.email,
                created_at=moment - 30 * DAY,
                expires_at=moment + expires,
                used_at=moment + used if used is not None else None,
            )
        )


def _pending(name: str, *, days: int) -> None:
    person = cast.account(name)
    with transaction():
        row = db.session.get_one(Account, person.id)
        row.state, row.confirmed_at, row.created_at = "pending", None, clock.now() - days * DAY
        db.session.add(
            Consent(account_id=row.id, kind="netiquette", version=1, given_at=clock.now())
        )


def _count(model: Any) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)))


def test_s58_sessions_and_links_go_when_their_time_is_over(app):
    cast.sign_in("Karin")
    cast.sign_in("Tom")
    karin = cast.account("Karin").id
    with transaction():
        old = update(SignedInSession).where(SignedInSession.account_id == karin)
        db.session.execute(old.values(expires_at=clock.now() - timedelta(seconds=1)))
    _token("Karin", expires=DAY)
    _token("Karin", expires=-2 * DAY)
    _token("Karin", expires=DAY, used=-2 * DAY)
    _token("Karin", expires=DAY, used=-timedelta(hours=1))
    for _twice in range(2):
        with transaction():
            forget_expired()
        assert (_count(SignedInSession), _count(MailToken)) == (1, 2)


def test_s58_accounts_that_nobody_confirmed_go_with_what_hangs_on_them(app):
    _pending("Alt", days=8)
    _pending("Frisch", days=6)
    _pending("Unterwegs", days=8)
    _token("Unterwegs", expires=timedelta(hours=1))
    _token("Alt", expires=-timedelta(hours=1))
    cast.account("Karin")
    with transaction():
        forget_expired()
    assert set(db.session.scalars(select(Account.name))) == {"Frisch", "Unterwegs", "Karin"}
    assert (_count(Consent), _count(MailToken)) == (2, 1)


def test_s58_it_is_done_every_day(app):
    ticks = {tick.call: tick.every for tick in app.extensions["helferkreis.ticks"]}
    assert ticks[forget_expired] == DAY
