"""Putting a version of the netiquette in force: rules here, the text in both languages in accounts.

A published version never changes; whoever accepted an older one is asked again before writing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.accounts import queries as accounts
from app.accounts.actions import publish_document
from app.core import clock
from app.core.db import db
from app.core.locale import LANGUAGES
from app.moderation import queries
from app.moderation.models import Rule, Rulebook

SHIPPED = Path(__file__).parent.parent / "data" / "netiquette.json"
FRAME = ("intro", "consequences", "objection", "contact")
_BY_LANGUAGE = ("title", "text", "reason", "example")
_TITLE = "Netiquette"
_REASON = {"de": "Warum?", "en": "Why?"}
_EXAMPLE = {"de": "Beispiel.", "en": "Example."}
_PARTS = {
    "de": {"consequences": "Was folgt", "objection": "Beschwerde", "contact": "Kontakt"},
    "en": {"consequences": "What follows", "objection": "Objecting", "contact": "Contact"},
}


def ensure_rulebook() -> None:
    """The netiquette that we ship as the first version, unless there is one already."""
    if queries.current_rulebook() is None:
        publish_rulebook(shipped_netiquette())


def shipped_netiquette() -> dict[str, Any]:
    """What we ship, neutral in the company's name."""
    content: dict[str, Any] = json.loads(SHIPPED.read_text("utf-8"))
    return content


def publish_rulebook(content: dict[str, Any], changes: Mapping[str, str] | None = None) -> Rulebook:
    """Put a netiquette in force as the next version; the same text again changes nothing.

    `content` has the form of data/netiquette.json, `changes` says by language what
    is new. Members who accepted an older version are asked
    before they write the next time.
    """
    sha256 = hashlib.sha256(_canonical(content).encode()).hexdigest()
    current = queries.current_rulebook()
    if current is not None and current.sha256 == sha256:
        return current
    rulebook = Rulebook(
        version=_next_version(content, current),
        valid_from=clock.now(),
        sha256=sha256,
        frame={part: content[part] for part in FRAME},
    )
    db.session.add(rulebook)
    db.session.flush()
    db.session.add_all(_rule(rulebook.id, rule) for rule in content["rules"])
    for language in LANGUAGES:
        text = netiquette_text(content, language)
        new = changes.get(language) if changes else None
        publish_document(accounts.NETIQUETTE, rulebook.version, language, _TITLE, text, changes=new)
    db.session.flush()
    return rulebook


def netiquette_text(content: dict[str, Any], language: str) -> str:
    """The structured netiquette as Markdown in one language."""
    parts = [content["intro"][language]]
    for rule in content["rules"]:
        parts += [
            f"## {rule['number']}. {rule['title'][language]}",
            rule["text"][language],
            f"**{_REASON[language]}** {rule['reason'][language]}",
            f"**{_EXAMPLE[language]}** {rule['example'][language]}",
        ]
    for part, heading in _PARTS[language].items():
        parts += [f"## {heading}", content[part][language]]
    return "\n\n".join(parts)


def _next_version(content: dict[str, Any], current: Rulebook | None) -> int:
    """One after the last. A forum of before this feature has the text in accounts without rules:
    where it is the same text, its number stays, so that nobody is asked again for nothing.
    """
    if current is not None:
        return current.version + 1
    published = accounts.document(accounts.NETIQUETTE, "de")
    if published is None:
        return 1
    same = published.text == netiquette_text(content, "de")
    return published.version if same else published.version + 1


def _canonical(content: dict[str, Any]) -> str:
    """The same text for the same rules, however the file is laid out."""
    parts = {part: content[part] for part in (*FRAME, "rules")}
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rule(rulebook_id: int, rule: dict[str, Any]) -> Rule:
    words = {
        f"{part}_{language}": rule[part][language]
        for part in _BY_LANGUAGE
        for language in LANGUAGES
    }
    return Rule(
        rulebook_id=rulebook_id,
        number=rule["number"],
        steps=rule["steps"],
        dsa_ground=rule["dsa_ground"],
        dsa_category=rule["dsa_category"],
        reportable=rule["reportable"],
        **words,
    )
