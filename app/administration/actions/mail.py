"""Test letters: asked for here, sent by a job (reactions.py), and how they ended."""

from __future__ import annotations

from sqlalchemy import update

from app.accounts.actor import Actor
from app.administration.events import MailTestAsked, MailTestEnded
from app.administration.models import MailTest
from app.administration.rules import can_administer
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require


def ask_for_test_letter(actor: Actor, *, server: str) -> MailTest:
    """A letter to the actor's own address. `server` is how mail is set up now."""
    require(can_administer(actor))
    test = MailTest(asked_by=actor.account_id, asked_at=clock.now(), server=server)
    db.session.add(test)
    db.session.flush()
    record(MailTestAsked(test_id=test.id, actor_id=actor.account_id))
    return test


def end_test_letter(test_id: int, *, fault: str = "", answer: str = "") -> None:
    """The house, when the server has answered; what has ended stays as it ended."""
    ended = db.session.execute(
        update(MailTest)
        .where(MailTest.id == test_id, MailTest.ended_at.is_(None))
        .values(ended_at=clock.now(), fault=fault, answer=answer)
        .returning(MailTest.id)
    ).first()
    if ended is not None:
        record(MailTestEnded(test_id=test_id))
