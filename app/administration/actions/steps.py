"""Steps of the first use that are right as they are."""

from __future__ import annotations

from sqlalchemy import delete

from app.accounts.actor import Actor
from app.administration.events import StepReopened, StepSettled
from app.administration.models import SettledStep
from app.administration.rules import can_administer
from app.core import clock
from app.core.db import db, insert_once
from app.core.events import record
from app.core.rules import require


def settle_step(actor: Actor, step: str) -> None:
    """This step of the first use is right as it is, or is left out; a second time changes nothing."""
    require(can_administer(actor))
    if insert_once(SettledStep, step=step, settled_by=actor.account_id, settled_at=clock.now()):
        record(StepSettled(step=step, actor_id=actor.account_id))


def reopen_step(actor: Actor, step: str) -> None:
    """Take that back; quiet where nobody had said it."""
    require(can_administer(actor))
    taken = db.session.execute(
        delete(SettledStep).where(SettledStep.step == step).returning(SettledStep.id)
    ).first()
    if taken is not None:
        record(StepReopened(step=step, actor_id=actor.account_id))
