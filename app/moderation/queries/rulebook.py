"""Which rules are in force, and which were."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.moderation.models import Rule, Rulebook, RulebookDraft


def current_rulebook() -> Rulebook | None:
    """The version in force; None before the first."""
    wanted = (
        select(Rulebook)
        .where(Rulebook.valid_from <= clock.now())
        .order_by(Rulebook.version.desc())
        .limit(1)
    )
    return db.session.execute(wanted).scalar()


def rulebook_of_version(version: int) -> Rulebook | None:
    return db.session.execute(select(Rulebook).where(Rulebook.version == version)).scalar()


def rules_of(rulebook_id: int) -> Sequence[Rule]:
    """All rules of a version, by number."""
    wanted = select(Rule).where(Rule.rulebook_id == rulebook_id).order_by(Rule.number)
    return db.session.scalars(wanted).all()


def rules_in_force() -> tuple[Rulebook | None, Sequence[Rule]]:
    rulebook = current_rulebook()
    return rulebook, rules_of(rulebook.id) if rulebook is not None else []


def rulebook_draft(*, lock: bool = False) -> RulebookDraft | None:
    """`lock` holds the row until the transaction ends."""
    wanted = select(RulebookDraft).execution_options(populate_existing=True)
    return db.session.execute(wanted.with_for_update() if lock else wanted).scalar()
