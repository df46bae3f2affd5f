"""Versioned public texts. A published version never changes; a correction is the next version."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from app.accounts import queries
from app.accounts.events import DocumentPublished
from app.accounts.models import Document
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.events import record
from app.core.text import render

FIRST_NETIQUETTE = Path(__file__).parent.parent / "data" / "netiquette.json"
TITLES = {"de": "Netiquette", "en": "Netiquette"}
_REASON = {"de": "Warum?", "en": "Why?"}
_EXAMPLE = {"de": "Beispiel.", "en": "Example."}
_PARTS = {
    "de": {"consequences": "Was folgt", "objection": "Beschwerde", "contact": "Kontakt"},
    "en": {"consequences": "What follows", "objection": "Objecting", "contact": "Contact"},
}


def publish_document(kind: str, version: int, language: str, title: str, text: str) -> Document:
    """Put a version in force from now on; `text` is Markdown.

    The same text again is quietly taken; another text under a published number raises Conflict.
    Called by set-up and by features that have asked their own rules; raises TextError.
    """
    sha256 = hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()
    published = queries.document_version(kind, version, language)
    if published is not None:
        if published.sha256 != sha256:
            raise Conflict(N_("This version is published and cannot change. Please use a new one."))
        return published
    document = Document(
        kind=kind,
        version=version,
        language=language,
        title=title,
        text=text,
        html=render(text, headings_lower_by=0),
        sha256=sha256,
        valid_from=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    record(DocumentPublished(document_id=document.id))
    return document


def publish_first_netiquette() -> None:
    """The netiquette that we ship, as version 1 in both languages, unless there is one already."""
    if queries.current_version(queries.NETIQUETTE) is not None:
        return
    rules = json.loads(FIRST_NETIQUETTE.read_text("utf-8"))
    for language, title in TITLES.items():
        publish_document(queries.NETIQUETTE, 1, language, title, netiquette_text(rules, language))


def netiquette_text(netiquette: dict[str, Any], language: str) -> str:
    """The structured netiquette as Markdown in one language."""
    parts = [netiquette["intro"][language]]
    for rule in netiquette["rules"]:
        parts += [
            f"## {rule['number']}. {rule['title'][language]}",
            rule["text"][language],
            f"**{_REASON[language]}** {rule['reason'][language]}",
            f"**{_EXAMPLE[language]}** {rule['example'][language]}",
        ]
    for part, heading in _PARTS[language].items():
        parts += [f"## {heading}", netiquette[part][language]]
    return "\n\n".join(parts)
