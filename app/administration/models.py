"""What administrators have settled while they set up the forum, and how their test letters went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column
from app.core.mail.faults import ANSWER_LENGTH

STEP_LENGTH = 20
SERVER_LENGTH = 600
FAULT_LENGTH = 20


class SettledStep(Base):
    """A step of the first use that is right as it is, or left out on purpose; who said so and when."""

    __tablename__ = "settled_step"

    id: Mapped[int] = id_column()
    step: Mapped[str] = mapped_column(Bounded(STEP_LENGTH), unique=True)
    settled_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MailTest(Base):
    """A test letter to whoever asked for it. It has ended well where there is no fault."""

    __tablename__ = "mail_test"

    id: Mapped[int] = id_column()
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Which server, without its password; "" for the folder of files that stands in for one.
    server: Mapped[str] = mapped_column(Bounded(SERVER_LENGTH))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str] = mapped_column(Bounded(FAULT_LENGTH), default="")
    answer: Mapped[str] = mapped_column(Bounded(ANSWER_LENGTH), default="")
