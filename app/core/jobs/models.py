"""The job row: what to call, with what, when, how often it was tried, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column

NAME_LENGTH = 120
ERROR_LENGTH = 2_000


class Job(Base):
    """One piece of work. Open while neither `done_at` nor `failed_at` is set."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_open",
            "due_at",
            sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    name: Mapped[str] = mapped_column(Bounded(NAME_LENGTH))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    error: Mapped[str | None] = mapped_column(Bounded(ERROR_LENGTH))
