"""What the tests of moderation share: rules in force, cases, decisions, what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select

from app.accounts.actions import give_consent
from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.jobs.runner import Runner
from app.forum.models import Post
from app.moderation import actions, queries
from app.moderation.models import Appeal, Case, Decision
from app.moderation.statements import write_letters
from tests import cast

FACTS = "Der Beitrag nennt ein anderes Mitglied „zu blöd“."


EVERYBODY = ("Nele", "Karin", "Tom", "Uwe", "Anna", "Mo", "Ada", "Bert")


@pytest.fixture(autouse=True)
def rulebook(app: Flask) -> None:
    with transaction():
        actions.ensure_rulebook()
    accept_netiquette(*EVERYBODY)


def accept_netiquette(*names: str) -> None:
    people, version = [cast.actor(name) for name in names], queries.current_rulebook()
    assert version is not None
    with transaction():
        for person in people:
            give_consent(person, "netiquette", version.version)


def happened(*, of: str = "") -> list[str]:
    """Names of events since the rules were laid, in order."""
    names = db.session.execute(select(EventRow.name).order_by(EventRow.id)).scalars()
    return [n for n in names if n != "DocumentPublished" and (not of or n == of)]


def count(model: Any, **where: Any) -> int:
    statement = select(func.count()).select_from(model).filter_by(**where)
    return int(db.session.execute(statement).scalar_one())


def state_of(post: Post) -> str:
    return str(db.session.execute(select(Post.state).where(Post.id == post.id)).scalar_one())


def rude_answer(author: str = "Tom", board: str = "internet") -> Post:
    topic = cast.make_topic(board_slug=board)
    return cast.make_post(topic, author=author, text="Wer zu blöd ist, soll es lassen.")


def report(post: Post, by: str = "Karin", rule: int = 1, text: str = "Das ist gemein.") -> Case:
    person = cast.actor(by)
    with transaction():
        actions.report_post(person, post_id=post.id, rule_number=rule, text=text)
    return the_case(post)


def the_case(post: Post) -> Case:
    db.session.rollback()
    wanted = select(Case).where(Case.item_id == post.id).order_by(Case.id.desc())
    found = db.session.execute(wanted.execution_options(populate_existing=True)).scalars().first()
    assert found is not None
    return found


def decide(
    case: Case,
    kind: str,
    by: str = "Anna",
    *,
    rule: int | None = 1,
    facts: str = FACTS,
    **more: Any,
) -> Decision:
    """Read the letter, then decide: as the page does."""
    person = cast.actor(by)
    with transaction():
        shown = letter(case, kind, person, rule=rule, facts=facts, law=more.get("law", ""))
        return actions.decide_case(
            person, case_id=case.id, kind=kind, rule=rule, facts=facts, shown=shown, **more
        )


def letter(case: Case, kind: str, person: Any, **fields: Any) -> str:
    item = queries.item_or_404(case.item_id, person)
    return write_letters(actions.draft_decision(person, case, item, kind=kind, **fields)).mark


def object_to(decision: Decision, by: str = "Tom", text: str = "Das war ein Zitat.") -> Appeal:
    person = cast.actor(by)
    with transaction():
        return actions.appeal(person, decision_id=decision.id, text=text)


def decide_appeal(
    appeal: Appeal, outcome: str, by: str = "Mo", reasons: str = "Ein Zitat."
) -> Appeal:
    person = cast.actor(by)
    with transaction():
        found = queries.read_decision(appeal.decision_id)
        assert found is not None
        item = queries.item_or_404(found.item_id, person)
        draft = actions.draft_reversal(person, found, item, reasons=reasons)
        shown = write_letters(draft).mark
        return actions.decide_appeal(
            person, appeal_id=appeal.id, outcome=outcome, reasons=reasons, shown=shown
        )


@pytest.fixture
def mails(app: Flask, outbox: Callable[[], list[EmailMessage]]) -> Callable[[], list[EmailMessage]]:
    """Runs all jobs; then every mail that left so far, oldest first."""

    def sent() -> list[EmailMessage]:
        runner = Runner(current_app._get_current_object())  # type: ignore[attr-defined]
        for lane in ("inside", "outside"):
            while runner.run_next(lane):
                pass
        while runner.run_next("inside"):
            pass
        while runner.run_next("outside"):
            pass
        db.session.rollback()
        return outbox()

    return sent
