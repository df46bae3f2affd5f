"""The ledger of points and what follows from it: standings, criteria, nominations, terms.

The ledger is append-only: what was earned is taken back by another row, never by a change.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column

REASON_LENGTH = 1_000

#: While a nomination is in one of these, no second one opens for the same person.
_PENDING_ONLY = text("state IN ('open','confirmed')")


class PointEntry(Base):
    """One line of the ledger: why somebody got points, or lost what they had for it.

    (earned_for, earned_id) names the vote or acceptance that all lines of one earning share; their
    sum is what is left of it. (cause, cause_id) happens once: `cause_id` is the vote or acceptance
    for the first four causes; for "concealed" and "revealed" it is the id of the ledger line that
    is undone, so that hiding, showing and hiding again are three lines and each of them only once.
    """

    __tablename__ = "point_entry"
    __table_args__ = (
        UniqueConstraint("cause", "cause_id"),
        CheckConstraint(
            "cause IN ('vote','vote_back','acceptance','acceptance_back','concealed','revealed')",
            name="cause",
        ),
        CheckConstraint("earned_for IN ('vote','acceptance')", name="earned_for"),
        Index("ix_point_entry_account_id_id", "account_id", "id"),
        Index("ix_point_entry_account_id_actor_id", "account_id", "actor_id"),
        Index("ix_point_entry_earned_for_earned_id", "earned_for", "earned_id"),
        Index("ix_point_entry_happened_at_account_id", "happened_at", "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    points: Mapped[int]
    cause: Mapped[str] = mapped_column(Bounded(20))
    cause_id: Mapped[int]
    earned_for: Mapped[str] = mapped_column(Bounded(20))
    earned_id: Mapped[int]
    #: Whose thanks it is: the voter, or the asker who accepted.
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Standing(Base):
    """The sums of one account's ledger, written with each line and only there.

    `thankers` counts the different people whose thanks still stand.
    """

    __tablename__ = "standing"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id"), primary_key=True, autoincrement=False
    )
    points: Mapped[int] = mapped_column(default=0, index=True)
    solutions: Mapped[int] = mapped_column(default=0)
    thankers: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RankCriteria(Base):
    """What a step of the ladder asks for; all of it must be met. Without a rank: super user."""

    __tablename__ = "rank_criteria"

    id: Mapped[int] = id_column()
    key: Mapped[str] = mapped_column(Bounded(40), unique=True)
    rank_id: Mapped[int | None] = mapped_column(ForeignKey("rank.id"), unique=True)
    position: Mapped[int] = mapped_column(unique=True)
    points: Mapped[int] = mapped_column(default=0)
    solutions: Mapped[int] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)
    thankers: Mapped[int] = mapped_column(default=0)


class RankStep(Base):
    """When somebody's rank changed, upward or down; the newest line is the one in force."""

    __tablename__ = "rank_step"
    __table_args__ = (
        Index("ix_rank_step_account_id_id", "account_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    rank_id: Mapped[int | None] = mapped_column(ForeignKey("rank.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Nomination(Base):
    """Somebody has reached the threshold: the team confirms or declines, then the person answers.

    open → confirmed → accepted, refused (by the person) or withdrawn (by the team); or declined.
    """

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open','confirmed','declined','accepted','refused','withdrawn')",
            name="state",
        ),
        Index(
            "uq_nomination_pending",
            "account_id",
            unique=True,
            sqlite_where=_PENDING_ONLY,
            postgresql_where=_PENDING_ONLY,
        ),
        Index("ix_nomination_account_id_id", "account_id", "id"),
        Index("ix_nomination_state_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(Bounded(10), default="open")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What stood in the ledger when it opened: later votes do not rewrite why it was opened.
    points: Mapped[int]
    solutions: Mapped[int]
    thankers: Mapped[int]
    days: Mapped[int]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Term(Base):
    """One term as super user. Renewing is another row; an end before time says by whom and why."""

    __tablename__ = "term"
    __table_args__ = (
        Index(
            "uq_term_running",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    charter_version: Mapped[int]
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")
