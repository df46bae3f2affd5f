"""Versioned public texts. A published version never changes; a correction is the next version."""

from __future__ import annotations

import hashlib

from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.actions.standing import give_consent
from app.accounts.actor import Actor
from app.accounts.events import DocumentPublished
from app.accounts.models import Document
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.events import record
from app.core.text import render

PUBLISHED = N_("This version is published and cannot change. Please use a new one.")


def publish_document(
    kind: str, version: int, language: str, title: str, text: str, *, changes: str | None = None
) -> Document:
    """Put a version in force from now on; `text` is Markdown, `changes` says what is new.

    The same text again is quietly taken; another text under a published number raises Conflict.
    Called by set-up and by features that have asked their own rules; raises TextError.
    """
    sha256 = hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()
    published = queries.document_version(kind, version, language)
    if published is not None:
        if published.sha256 != sha256:
            raise Conflict(PUBLISHED)
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
        changes=changes,
    )
    try:
        with db.session.begin_nested():
            db.session.add(document)
            db.session.flush()
    except IntegrityError as error:  # at the same moment
        raise Conflict(PUBLISHED) from error
    record(DocumentPublished(document_id=document.id))
    return document


def accept_document(actor: Actor, kind: str, version: int) -> None:
    """The actor agrees to the version in force; an older one, read on an old page, raises Conflict.

    Accepting twice is harmless.
    """
    if version != queries.current_version(kind):
        raise Conflict(N_("There is a newer version meanwhile. Please read that one."))
    give_consent(actor, kind, version)
