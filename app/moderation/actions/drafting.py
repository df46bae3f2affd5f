"""The next version of the netiquette while it is being written: saved rule by rule, published at once.

The draft is kept with its placeholders; what is published has the words that stand for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.errors import N_, NotFound, Refused
from app.core.events import record
from app.core.locale import LANGUAGES
from app.core.rules import require
from app.core.seen import Overtaken, digest, require_seen
from app.moderation import queries
from app.moderation.actions.rulebook import FRAME, publish_rulebook, shipped_netiquette
from app.moderation.actions.wording import WORDS, draft_faults, filled, placeholders
from app.moderation.events import NetiquetteDrafted, NetiquettePublished
from app.moderation.models import Rulebook, RulebookDraft
from app.moderation.rules import can_write_netiquette

MAX_RULES = 40
ONE = 1  # the draft's id: there is one at most
_NEW = {
    **{part: dict.fromkeys(LANGUAGES, "") for part in WORDS},
    "steps": ["hide"],
    "dsa_ground": "incompatible",
    "dsa_category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "reportable": True,
}


def draft() -> dict[str, Any]:
    """The draft, else what is in force; each rule has a `key` that stays when it moves."""
    kept = queries.rulebook_draft()
    if kept is not None:
        return deepcopy(kept.content)
    content = _in_force() or shipped_netiquette()
    rules = [{**rule, "key": number} for number, rule in enumerate(content["rules"], 1)]
    return {**{part: content[part] for part in FRAME}, "rules": rules, "removed": []}


def rule_in(content: Mapping[str, Any], key: int) -> dict[str, Any]:
    found = next((rule for rule in content["rules"] if rule["key"] == key), None)
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def frame_in(content: Mapping[str, Any]) -> dict[str, Any]:
    return {part: content[part] for part in FRAME}


def change_rule(actor: Actor, key: int, values: Mapping[str, Any], *, seen: str) -> None:
    """Save one rule of the draft. Raises Overtaken unless `seen` is the digest of what is kept."""
    require(can_write_netiquette(actor))
    content = _locked(actor)
    rule = rule_in(content, key)
    if {**rule, **values} != rule:
        require_seen(rule, seen)
        rule.update(values)
        _keep(actor, content)


def change_frame(actor: Actor, values: Mapping[str, Any], *, seen: str) -> None:
    """Save what stands around the rules."""
    require(can_write_netiquette(actor))
    content = _locked(actor)
    before = frame_in(content)
    if {**before, **values} != before:
        require_seen(before, seen)
        content.update(values)
        _keep(actor, content)


def add_rule(actor: Actor) -> int:
    """An empty rule at the end; its key."""
    require(can_write_netiquette(actor))
    content = _locked(actor)
    if len(content["rules"]) >= MAX_RULES:
        raise Refused(
            N_("A netiquette has at most %(count)s rules. Please take one out first."),
            count=MAX_RULES,
        )
    key: int = 1 + max(rule["key"] for rule in [*content["rules"], *content["removed"], {"key": 0}])
    content["rules"].append({**deepcopy(_NEW), "key": key})
    _keep(actor, content)
    return key


def move_rule(actor: Actor, key: int, *, up: bool) -> None:
    require(can_write_netiquette(actor))
    content = _locked(actor)
    rules = content["rules"]
    here = rules.index(rule_in(content, key))
    there = here + (-1 if up else 1)
    if 0 <= there < len(rules):
        rules[here], rules[there] = rules[there], rules[here]
        _keep(actor, content)


def remove_rule(actor: Actor, key: int) -> None:
    """Out of the draft; it is kept beside it and can come back."""
    require(can_write_netiquette(actor))
    content = _locked(actor)
    rule = rule_in(content, key)
    content["rules"].remove(rule)
    content["removed"].append(rule)
    _keep(actor, content)


def bring_rule_back(actor: Actor, key: int) -> None:
    require(can_write_netiquette(actor))
    content = _locked(actor)
    rule = next((one for one in content["removed"] if one["key"] == key), None)
    if rule is None:
        raise NotFound
    content["removed"].remove(rule)
    content["rules"].append(rule)
    _keep(actor, content)


def publish_draft(actor: Actor, changes: Mapping[str, str], *, seen: str) -> Rulebook:
    """Put the draft in force as the next version; members accept it before they write again.

    `changes` says in each language what is new. Raises Overtaken unless `seen` is the digest of
    what would be published, and Refused while something is missing. The same text as in force
    changes nothing.
    """
    require(can_write_netiquette(actor))
    queries.rulebook_draft(lock=True)
    content, values = draft(), placeholders()
    if digest(filled(content, values)) != seen:
        raise Overtaken(
            N_("The draft has changed since you opened this page. Please look at it once more.")
        )
    if next(draft_faults(content, values), None) is not None:
        raise Refused(
            N_("Something is still missing in the draft. Please complete what is named above.")
        )
    before = queries.current_rulebook()
    rulebook = publish_rulebook(filled(content, values), changes)
    if before is None or rulebook.id != before.id:
        record(NetiquettePublished(rulebook_id=rulebook.id, actor_id=actor.account_id))
    return rulebook


def publish_file(content: dict[str, Any]) -> tuple[Rulebook, bool]:
    """The operator's way: put a file in force. A draft of which nothing is new begins anew from it;
    whether one with other words is kept is the second value.
    """
    kept = queries.rulebook_draft(lock=True)
    is_settled = kept is None or is_in_force(kept.content)
    before = queries.current_rulebook()
    rulebook = publish_rulebook(content)
    if kept is not None and is_settled and rulebook is not before:
        db.session.delete(kept)
        db.session.flush()
    return rulebook, not is_settled


def is_in_force(content: Mapping[str, Any]) -> bool:
    """Does the draft say what holds already?"""
    current = _in_force()
    return current is not None and _unnumbered(filled(content, placeholders())) == current


def is_shipped() -> bool:
    """Is what holds still word for word what set-up laid?"""
    current = _in_force()
    return current is None or current == _unnumbered(shipped_netiquette())


def _unnumbered(content: Mapping[str, Any]) -> dict[str, Any]:
    rules = [{k: v for k, v in rule.items() if k != "number"} for rule in content["rules"]]
    return {**{part: content[part] for part in FRAME}, "rules": rules}


def _in_force() -> dict[str, Any] | None:
    rulebook, rules = queries.rules_in_force()
    if rulebook is None:
        return None
    return {
        **{part: dict(rulebook.frame[part]) for part in FRAME},
        "rules": [
            {
                **{p: {code: getattr(rule, f"{p}_{code}") for code in LANGUAGES} for p in WORDS},
                "steps": list(rule.steps),
                "dsa_ground": rule.dsa_ground,
                "dsa_category": rule.dsa_category,
                "reportable": rule.reportable,
            }
            for rule in rules
        ],
    }


def _locked(actor: Actor) -> dict[str, Any]:
    """The draft as it is now; nobody else changes it until the transaction ends.

    Of two who begin one at the same moment, one waits here for the other.
    """
    if queries.rulebook_draft(lock=True) is None:
        by, moment = actor.account_id, clock.now()
        insert_once(RulebookDraft, id=ONE, content=draft(), changed_by=by, changed_at=moment)
        queries.rulebook_draft(lock=True)
    return draft()


def _keep(actor: Actor, content: dict[str, Any]) -> None:
    values = {"content": content, "changed_by": actor.account_id, "changed_at": clock.now()}
    db.session.execute(update(RulebookDraft).values(**values))
    record(NetiquetteDrafted(actor_id=actor.account_id))
