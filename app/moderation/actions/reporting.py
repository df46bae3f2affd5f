"""A member says that a post breaks a rule."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.rules import require
from app.moderation import queries, rules
from app.moderation.actions.opening import case_about
from app.moderation.events import PostReported
from app.moderation.models import Report


def report_post(actor: Actor, *, post_id: int, rule_number: int, text: str = "") -> int:
    """Report a post under a rule; returns the topic's id. A second report of the same person in
    the same case changes nothing.

    Raises NotFound where the actor may not see the post, Forbidden, or Refused at "rule".
    """
    item = queries.item_to_change(post_id, actor)
    require(rules.can_report_post(actor, item))
    _rulebook, in_force = queries.rules_in_force()
    if rule_number not in {rule.number for rule in in_force if rule.reportable}:
        raise Refused(N_("Please choose the rule that the post breaks."), field="rule")
    case = case_about(item, origin="report")
    if not queries.has_reported(case.id, actor.account_id):
        report = Report(
            case_id=case.id,
            rule_number=rule_number,
            reporter_id=actor.account_id,
            text=text,
            reported_at=clock.now(),
        )
        db.session.add(report)
        case.reports_count += 1
        db.session.flush()
        record(
            PostReported(
                report_id=report.id,
                case_id=case.id,
                post_id=post_id,
                reporter_id=report.reporter_id,
            )
        )
    return int(item.topic_id)
