"""Rows → what templates show, with what the viewer may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.actor import Actor
from app.accounts.display import Person, person
from app.core.locale import current_language
from app.core.rules import Verdict
from app.moderation import queries, rules
from app.moderation.forms import DecisionForm
from app.moderation.models import RESTRICTING


@dataclass(frozen=True)
class PostAction:
    """What this feature offers under a post."""

    report: bool
    notice: bool
    look: bool
    template: str = "moderation/_report_button.html"


def post_actions(viewer: Actor, posts: Sequence[Any]) -> Mapping[int, PostAction]:
    """Slot "post.actions": report a post or look into it. Rows need id, author_id, state and kind.

    Asks the database nothing. What one may not do shows no button; guests and suspended members,
    who cannot report, get the form for notices (Art. 16 DSA: anybody, at every post).
    """
    found = {}
    for post in posts:
        if post.html is None or post.state != "visible" or post.kind == "note":
            continue
        found[post.id] = PostAction(
            report=bool(rules.can_report_post(viewer, post)),
            notice=not viewer.is_authenticated or not viewer.is_active,
            look=rules.moderates_somewhere(viewer) and post.author_id != viewer.id,
        )
    return found


def rules_of_document(viewer: Actor, documents: Sequence[Any]) -> Mapping[int, Mapping[str, Any]]:
    """Slot "document.body": the netiquette as numbered rules with anchors."""
    found = {}
    for document in documents:
        rulebook = (
            queries.rulebook_of_version(document.version) if document.kind == "netiquette" else None
        )
        if rulebook is not None:
            found[document.id] = {
                "template": "moderation/_rulebook.html",
                "frame": {part: words[document.language] for part, words in rulebook.frame.items()},
                "rules": [shown_rule(r, document.language) for r in queries.rules_of(rulebook.id)],
                "sha256": rulebook.sha256,
            }
    return found


def shown_rule(rule: Any, language: str) -> dict[str, Any]:
    return {
        "number": rule.number,
        **{
            part: getattr(rule, f"{part}_{language}")
            for part in ("title", "text", "reason", "example")
        },
    }


def author_of(item: Any) -> Person:
    return person(
        item.author_name,
        role=item.author_role,
        state=item.author_state,
        name_de=item.name_de,
        name_en=item.name_en,
    )


def at_desk(viewer: Actor, things: Sequence[Any]) -> Mapping[int, Mapping[str, Any]]:
    """Slot "desk.thing": the post of a case with what was reported, or an objection's words."""
    found: dict[int, Mapping[str, Any]] = {}
    for thing in things:
        if thing.kind == "case":
            found[thing.id] = _case_at_desk(viewer, thing.id)
        elif thing.kind == "appeal":
            row = queries.appeal_or_404(thing.id, viewer)
            found[thing.id] = {"template": "moderation/_appeal_at_desk.html", "appeal": row}
    return found


def _case_at_desk(viewer: Actor, case_id: int) -> Mapping[str, Any]:
    case = queries.case_or_404(case_id, viewer)
    item = queries.item_or_404(case.item_id, viewer)
    reports = queries.reports_of(case_id) if case.reports_count else []
    return {
        "template": "moderation/_case_at_desk.html",
        "case": case,
        "item": item,
        "author": author_of(item),
        "reports": reports_by_rule(reports),
        "notices": queries.notices_of(case_id) if case.notices_count else [],
        "form": decision_form(viewer, case, item, reports, formdata={}),
        "why_not": why_not(viewer, case, item),
    }


def decision_form(
    viewer: Actor, case: Any, item: Any, reports: Sequence[Any] | None = None, **kwargs: Any
) -> DecisionForm:
    """With `reports` an empty form: the rule that most of them name is chosen, and what can happen
    if there is only one thing.
    """
    kinds = possible_kinds(viewer, case, item)
    form = DecisionForm(queries.rules_in_force()[1], kinds, **kwargs)
    if reports is not None:
        most = next((rule.number_now for rule in reports_by_rule(reports)), None)
        form.rule.data = str(most) if most else None
        form.kind.data = kinds[0][0] if len(kinds) == 1 else None
    return form


def why_not(viewer: Actor, case: Any, item: Any) -> Verdict | None:
    """The sentence for somebody who may look but not decide; None for whoever may."""
    if possible_kinds(viewer, case, item):
        return None
    first = next(iter(rules.POSSIBLE[item.state]), "")
    return rules.can_decide(viewer, case, item, first)


@dataclass(frozen=True)
class Reported:
    """A rule as it was when these reports named it; `number_now` is None for one that is gone."""

    number: int
    title: str | None
    number_now: int | None
    reports: list[Any]


def reports_by_rule(reports: Sequence[Any]) -> list[Reported]:
    """The rule that most reports name comes first; within a rule as they came in."""
    by_rule: dict[tuple[int, str | None], Reported] = {}
    for report in reports:
        title = getattr(report, f"title_{current_language()}")
        empty = Reported(report.rule_number, title, report.number_now, [])
        by_rule.setdefault((empty.number, title), empty).reports.append(report)
    return sorted(by_rule.values(), key=lambda rule: -len(rule.reports))


def kind_word(kind: str) -> str:
    """What a decision did, in the words of the log."""
    words: dict[str, str] = {
        "hide": _("Post hidden"),
        "keep": _("Post kept"),
        "restore": _("Post shown again"),
        "approve": _("Post approved"),
        "reject": _("Post not published"),
    }
    return words[kind]


def possible_kinds(actor: Actor, case: Any, item: Any) -> list[tuple[str, str]]:
    """The decisions that this person may take now, as choices of a form."""
    words = {
        "hide": _("Keep it hidden") if item.state == "hidden" else _("Hide the post"),
        "keep": _("No breach, keep the post"),
        "restore": _("Show the post again"),
        "approve": _("Publish the post"),
        "reject": _("Do not publish the post"),
    }
    if not actor.is_staff:
        words["hide"] = _("Hide the post until the service team has looked")
    kinds = rules.POSSIBLE[item.state]
    return [(kind, words[kind]) for kind in kinds if rules.can_decide(actor, case, item, kind)]


def decision_page(decision: Any, viewer: Actor, now: Any) -> dict[str, Any]:
    language = current_language()
    verdict = rules.can_appeal(viewer, decision, now=now)
    return {
        "id": decision.id,
        "kind": decision.kind,
        "word": kind_word(decision.kind),
        "decided_at": decision.decided_at,
        "provisional": decision.provisional,
        "statement": decision.statement(language),
        "title": decision.post_title,
        "html": decision.post_html,
        "author": decision.post_author,
        "post_created_at": decision.post_created_at,
        "post_url": url_for("forum.post", id=decision.item_id),
        "rule_number": decision.rule_number,
        "rule_title": getattr(decision.row, f"rule_title_{language}"),
        "rule_text": getattr(decision.row, f"rule_text_{language}"),
        "rulebook_version": decision.rulebook_version,
        "restricts": decision.kind in RESTRICTING,
        "reversed": decision.reversed_by is not None,
        "appeal": decision.appeal,
        "deadline": rules.appeal_deadline(decision.decided_at),
        "can_appeal": bool(verdict),
        "why_not": None if verdict else _(verdict.message, **verdict.values),
        "mine": decision.author_id == viewer.id,
    }
