"""One row for each thing that one person was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column

KINDS = ("answer", "comment", "mention", "acceptance")
#: Of these a person gets one for a post, whichever comes first; a mention comes first.
ABOUT_NEW_POSTS = ("answer", "comment", "mention")


class Notification(Base):
    """`actor_id` is who answered, mentioned or accepted. Unread while `read_at` is empty.

    account.unread_count follows these rows in the same transaction; only this feature writes it.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "post_id"),
        CheckConstraint("kind IN ('answer','comment','mention','acceptance')", name="kind"),
        Index("ix_notification_account_id_id", "account_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Bounded(20))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
