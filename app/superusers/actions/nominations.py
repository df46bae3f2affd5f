"""From the threshold to the invitation: the house opens a nomination, the team decides it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.events import record
from app.core.rules import require
from app.superusers import queries, rules
from app.superusers.events import (
    InvitationWithdrawn,
    NominationConfirmed,
    NominationDeclined,
    NominationOpened,
)
from app.superusers.models import Nomination

AGAIN_AFTER_DAYS = 365  # after a nomination came to its end, whichever it was


def open_nomination(account_id: int) -> None:
    """Nominate somebody who reached the threshold, unless that happened within the last year."""
    figures = queries.member_figures([account_id]).get(account_id)
    top = [step for step in queries.ladder() if step.rank_id is None]
    if figures is None or not rules.can_be_nominated(figures) or not top:
        return
    if rules.deserved(top, figures) is None or not _may_open(account_id):
        return
    new = insert_once(
        Nomination,
        account_id=account_id,
        state="open",
        opened_at=clock.now(),
        points=figures.points,
        solutions=figures.solutions,
        thankers=figures.thankers,
        days=figures.days,
        reason="",
    )
    nomination = queries.newest_nomination(account_id)
    if new and nomination is not None:
        record(NominationOpened(nomination_id=nomination.id, account_id=account_id))


def confirm_nomination(actor: Actor, nomination_id: int, *, reason: str = "") -> None:
    """Invite the person. The same decision again by the same person changes nothing."""
    nomination = queries.nomination_or_404(nomination_id, actor, lock=True)
    if not _decided_so(nomination, actor, "confirmed"):
        require(rules.can_decide_nomination(actor, nomination))
        _decide(actor, nomination_id, "confirmed", reason)
        record(NominationConfirmed(**_facts(actor, nomination)))


def decline_nomination(actor: Actor, nomination_id: int, *, reason: str) -> None:
    """Decide against it, with a reason for the colleagues; the person never hears of it."""
    nomination = queries.nomination_or_404(nomination_id, actor, lock=True)
    if not _decided_so(nomination, actor, "declined"):
        require(rules.can_decide_nomination(actor, nomination))
        _decide(actor, nomination_id, "declined", reason)
        record(NominationDeclined(**_facts(actor, nomination)))


def withdraw_invitation(actor: Actor, nomination_id: int, *, reason: str) -> None:
    """Take back an invitation that nobody has answered yet."""
    nomination = queries.nomination_or_404(nomination_id, actor, lock=True)
    if not _decided_so(nomination, actor, "withdrawn"):
        require(rules.can_withdraw_invitation(actor, nomination))
        _decide(actor, nomination_id, "withdrawn", reason)
        record(InvitationWithdrawn(**_facts(actor, nomination)))


def _may_open(account_id: int) -> bool:
    before = queries.newest_nomination(account_id)
    if before is None:
        return True
    closed_at = before.answered_at or before.decided_at
    return (
        closed_at is not None
        and before.state != "confirmed"
        and clock.now() - closed_at >= timedelta(days=AGAIN_AFTER_DAYS)
    )


def _decided_so(nomination: Any, actor: Actor, state: str) -> bool:
    return bool(nomination.state == state and nomination.decided_by == actor.id)


def _decide(actor: Actor, nomination_id: int, state: str, reason: str) -> None:
    db.session.execute(
        update(Nomination)
        .where(Nomination.id == nomination_id)
        .values(state=state, decided_by=actor.id, decided_at=clock.now(), reason=reason)
    )


def _facts(actor: Actor, nomination: Any) -> dict[str, int]:
    return {
        "nomination_id": nomination.id,
        "account_id": nomination.account_id,
        "actor_id": actor.account_id,
    }
