"""Who is in charge of what, and what the team notes about a topic."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column

NOTE_LENGTH = 4_000

#: What can be given to somebody: kind in the inbox → the thing behind it. A case stays the same
#: thing while what came in for it changes.
THINGS = {
    "question": "topic",
    "topic": "topic",
    "notice": "case",
    "review": "case",
    "held": "case",
    "report": "case",
    "staff": "case",
    "appeal": "appeal",
    "suggestion": "suggestion",
    "article": "article",
    "nomination": "nomination",
    "job": "job",
}


class Assignment(Base):
    """Who is, or was, in charge of a thing. Released rows are its history."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('topic','case','appeal','suggestion','article','nomination','job')",
            name="kind",
        ),
        Index(
            "uq_assignment_open",
            "kind",
            "thing_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        Index("ix_assignment_kind_thing_id", "kind", "thing_id"),
        Index("ix_assignment_account_id_released_at", "account_id", "released_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    kind: Mapped[str] = mapped_column(Bounded(20))
    thing_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    assigned_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Note(Base):
    """What the team tells itself about a topic; never changed, never shown to others.

    `html` is rendered once, and anew by `flask text-rebuild`.
    """

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_topic_id_id", "topic_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    text: Mapped[str] = mapped_column(LongText(NOTE_LENGTH))
    html: Mapped[str] = mapped_column(LongText(NOTE_LENGTH * 20))
    written_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
