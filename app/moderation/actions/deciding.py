"""Deciding a case: the letter, the ledger row and its effect on the post in one transaction."""

from __future__ import annotations

import json
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict, NotFound, Refused
from app.core.events import record
from app.core.rules import require
from app.forum import actions as forum
from app.moderation import queries, rules
from app.moderation.events import DecisionMade
from app.moderation.models import RESTRICTING, Case, Decision
from app.moderation.statements import (
    BY_NOTICE,
    BY_OURSELVES,
    BY_REPORT,
    Draft,
    Letters,
    write_letters,
)

REASONS = Path(__file__).parent.parent / "data" / "reasons.json"


def draft_decision(
    actor: Actor, case: Any, item: Any, *, kind: str, rule: int | None, facts: str, law: str = ""
) -> Draft:
    """What a decision would say now. The preview and the decision both come through here.

    Raises Refused at "rule" or "facts" where a restriction lacks its reasons.
    """
    rulebook, chosen = _rule(rule) if kind in RESTRICTING else (None, None)
    if kind in RESTRICTING and not facts.strip():
        raise Refused(N_("Please say what exactly breaks the rule."), field="facts")
    return Draft(
        kind=kind,
        item=item,
        moment=clock.now(),
        facts=facts.strip(),
        rule=chosen,
        rulebook=rulebook,
        reasons=_reasons().get(str(rule)) if chosen is not None else None,
        legal_ground=law.strip() if chosen is not None else "",
        source_type=_source(case),
        automated_detection=case.origin == "held",
        provisional=not actor.is_staff,
        confirms=kind == "hide" and item.state == "hidden",
    )


def decide_case(
    actor: Actor,
    *,
    case_id: int,
    kind: str,
    rule: int | None = None,
    facts: str = "",
    law: str = "",
    shown: str = "",
) -> Decision:
    """Decide; `shown` is the mark of the letter that the person has read.

    Raises NotFound, Forbidden, Refused at a field, and Conflict where the letter would read
    otherwise than it was shown: the post, the rules or the day have changed meanwhile.
    """
    case, item = _case_and_item(actor, case_id)
    require(rules.can_decide(actor, case, item, kind))
    draft = draft_decision(actor, case, item, kind=kind, rule=rule, facts=facts, law=law)
    letters = write_letters(draft)
    if letters.de and letters.mark != shown:
        raise Conflict(
            N_("The letter has changed since you read it. Please read it again, then decide.")
        )
    reverses = queries.standing_restriction_of_post(item.id) if kind == "restore" else None
    decision = write_decision(actor, case, draft, letters, reverses_id=reverses)
    _close(case, unless=draft.provisional)
    return decision


def write_decision(
    actor: Actor, case: Any, draft: Draft, letters: Letters, *, reverses_id: int | None
) -> Decision:
    """The append-only row with everything as it is now, its effect on the post, and the fact."""
    item = draft.item
    decision = Decision(
        case_id=case.id,
        item_id=item.id,
        author_id=item.author_id,
        kind=draft.kind,
        provisional=draft.provisional,
        decided_by=actor.account_id,
        decided_at=draft.moment,
        reverses_id=reverses_id,
        post_title=item.title,
        post_text=item.text,
        post_html=item.html,
        post_author=item.author_name,
        post_created_at=item.created_at,
        facts=draft.facts,
        source_type=draft.source_type,
        automated_detection=draft.automated_detection,
        automated_decision=False,
        puid=secrets.token_urlsafe(24),
        statement_de=letters.de,
        statement_en=letters.en,
        **_rule_snapshot(draft),
    )
    db.session.add(decision)
    db.session.flush()
    _take_effect(actor, draft, decision)
    record(
        DecisionMade(
            decision_id=decision.id,
            post_id=item.id,
            author_id=item.author_id,
            case_id=case.id,
        )
    )
    return decision


def _take_effect(actor: Actor, draft: Draft, decision: Decision) -> None:
    post_id = draft.item.id
    if draft.kind in RESTRICTING:
        forum.conceal_post(post_id, by=actor, reason=f"decision:{decision.id}")
    elif draft.kind == "restore":
        forum.reveal_post(post_id, first_time=not queries.was_published(post_id))
    elif draft.kind == "approve":
        forum.approve_post(post_id)


def _rule_snapshot(draft: Draft) -> dict[str, Any]:
    """The rule as it reads now, and the grounds that Art. 17 asks for."""
    rule = draft.rule
    if rule is None:
        return {}
    return {
        "rulebook_version": draft.rulebook.version,
        "rule_number": rule.number,
        "rule_title_de": rule.title_de,
        "rule_title_en": rule.title_en,
        "rule_text_de": rule.text_de,
        "rule_text_en": rule.text_en,
        "ground": "illegal" if draft.legal_ground else "incompatible",
        "legal_ground": draft.legal_ground,
        "category": rule.dsa_category,
        "explanation": draft.reasons["explanation"]["de"] if draft.reasons else "",
    }


def _case_and_item(actor: Actor, case_id: int) -> tuple[Case, Any]:
    """Both locked through the topic; the case is read again after the lock."""
    seen = queries.case_or_404(case_id, actor)
    item = queries.item_to_change(seen.item_id, actor)
    case = queries.case_row(case_id)
    if case is None:
        raise NotFound()
    return case, item


def _close(case: Case, *, unless: bool) -> None:
    """A provisional decision leaves the case to the staff."""
    if not unless:
        case.state, case.decided_at = "decided", clock.now()
        db.session.flush()


def _rule(number: int | None) -> tuple[Any, Any]:
    rulebook, in_force = queries.rules_in_force()
    found = next((rule for rule in in_force if rule.number == number), None)
    if found is None:
        raise Refused(N_("Please choose the rule that the post breaks."), field="rule")
    return rulebook, found


def _source(case: Any) -> str:
    if case.notices_count:
        return BY_NOTICE
    return BY_REPORT if case.reports_count else BY_OURSELVES


@cache
def _reasons() -> dict[str, Any]:
    """Prepared words for each of our rules; a rule of the operator's own has none."""
    found: dict[str, Any] = json.loads(REASONS.read_text("utf-8"))
    return found
