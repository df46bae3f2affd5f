"""Who is in charge of what, what the team notes about a topic, and its canned replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column

NOTE_LENGTH = 4_000
REPLY_TITLE_LENGTH = 120
SITUATION_LENGTH = 300
REPLY_LENGTH = 5_000

#: How a canned reply speaks to people, in the order of the lists; "both" says neither.
ADDRESSES = ("sie", "du", "both")

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


class CannedReply(Base):
    """A text of the team to answer with; {{…}} in it is filled in or left to the agent.

    On offer while `archived_at` is empty. `position` orders those of one language and address.
    """

    __tablename__ = "canned_reply"
    __table_args__ = (
        CheckConstraint("address IN ('sie','du','both')", name="address"),
        Index(
            "uq_canned_reply_on_offer",
            "language",
            "address",
            "title",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    title: Mapped[str] = mapped_column(Bounded(REPLY_TITLE_LENGTH))
    language: Mapped[str] = mapped_column(Bounded(5))
    address: Mapped[str] = mapped_column(Bounded(4))
    situation: Mapped[str] = mapped_column(Bounded(SITUATION_LENGTH))
    text: Mapped[str] = mapped_column(LongText(REPLY_LENGTH))
    position: Mapped[int]
    changed_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
