"""The author objects, and somebody else decides. A reversal undoes everything."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict, NotFound
from app.core.events import record
from app.core.rules import require
from app.moderation import queries, rules
from app.moderation.actions.deciding import draft_decision, write_decision
from app.moderation.events import AppealDecided, AppealFiled
from app.moderation.models import Appeal
from app.moderation.statements import Draft, write_letters


def appeal(actor: Actor, *, decision_id: int, text: str) -> Appeal:
    """Object to a restriction of one's own post. The same text again changes nothing.

    Raises NotFound where the decision is not theirs to read, else Forbidden with the reason.
    """
    decision = queries.decision_to_appeal(decision_id, actor)
    if decision.appeal is not None and decision.appeal.text == text:
        return decision.appeal
    require(rules.can_appeal(actor, decision, now=clock.now()))
    row = Appeal(
        decision_id=decision_id, filed_by=actor.account_id, text=text, filed_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()
    record(AppealFiled(**_facts(row, decision)))
    return row


def draft_reversal(actor: Actor, decision: Any, item: Any, *, reasons: str) -> Draft:
    """What the author would be told if the objection were right."""
    case = queries.case_row(decision.case_id)
    return draft_decision(actor, case, item, kind="restore", rule=None, facts=reasons)


def decide_appeal(
    actor: Actor, *, appeal_id: int, outcome: str, reasons: str, shown: str = ""
) -> Appeal:
    """Uphold the decision or reverse it, with reasons. The same outcome again changes nothing.

    `shown` is the mark of the letter about a reversal. Raises NotFound, Forbidden and Conflict.
    """
    seen = queries.appeal_or_404(appeal_id, actor)
    item = queries.item_to_change(seen.item_id, actor)
    row = queries.appeal_row(appeal_id)
    decision = queries.read_decision(seen.decision_id)
    if row is None or decision is None:
        raise NotFound()
    require(
        rules.can_decide_appeal(
            actor, decision, item, deciders=queries.deciders_of(decision.case_id)
        )
        if row.outcome is None
        else rules.can_act_on_post(actor, item)
    )
    if row.outcome is not None:
        if row.outcome != outcome:
            raise Conflict(N_("This objection is already decided."))
        return row
    if outcome == "reversed":
        _reverse(actor, decision, item, reasons=reasons, shown=shown)
    row.decided_by, row.decided_at = actor.account_id, clock.now()
    row.outcome, row.reasons = outcome, reasons
    db.session.flush()
    record(AppealDecided(**_facts(row, decision)))
    return row


def _reverse(actor: Actor, decision: Any, item: Any, *, reasons: str, shown: str) -> None:
    """A new row that reverses the old one; the post is visible again, points follow the fact.

    Where the post was shown again meanwhile, only the row is written: the decision stays wrong.
    """
    if decision.reversed_by is not None:
        return
    draft = draft_reversal(actor, decision, item, reasons=reasons)
    letters = write_letters(draft)
    if letters.mark != shown:
        raise Conflict(
            N_("The letter has changed since you read it. Please read it again, then decide.")
        )
    case = queries.case_row(decision.case_id)
    write_decision(actor, case, draft, letters, reverses_id=decision.id)
    if case is not None and case.state == "open":
        case.state, case.decided_at = "decided", clock.now()
        db.session.flush()


def _facts(row: Appeal, decision: Any) -> dict[str, int]:
    return {
        "appeal_id": row.id,
        "decision_id": decision.id,
        "author_id": decision.author_id,
        "case_id": decision.case_id,
    }
