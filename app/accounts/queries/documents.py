"""Versioned public texts, and who accepted which version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, func, select

from app.accounts.models import Document
from app.core import clock
from app.core.db import db

NETIQUETTE = "netiquette"


def document(kind: str, language: str) -> Document | None:
    """The version in force, in this language or else in any."""
    wanted = (
        select(Document)
        .where(Document.kind == kind, Document.valid_from <= clock.now())
        .order_by(Document.version.desc(), (Document.language == language).desc())
        .limit(1)
    )
    return db.session.execute(wanted).scalar()


def document_version(kind: str, version: int, language: str) -> Document | None:
    return db.session.execute(
        select(Document).filter_by(kind=kind, version=version, language=language)
    ).scalar()


def current_version(kind: str) -> int | None:
    """The number of the version in force; None before the first."""
    return db.session.execute(
        select(Document.version)
        .where(Document.kind == kind, Document.valid_from <= clock.now())
        .order_by(Document.version.desc())
        .limit(1)
    ).scalar()


def published_kinds() -> frozenset[str]:
    """The kinds of public texts of which a version is in force."""
    wanted = select(Document.kind).where(Document.valid_from <= clock.now()).distinct()
    return frozenset(db.session.scalars(wanted))


def version_in_force(kind: str, *, at: Any = None) -> ScalarSelect[Any]:
    """The same as a part of another query; `at` is a parameter of that query, or now."""
    return (
        select(func.max(Document.version))
        .where(Document.kind == kind, Document.valid_from <= (clock.now() if at is None else at))
        .scalar_subquery()
    )
