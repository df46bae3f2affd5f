"""One row for each thing that one person was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column

KINDS = ("answer", "comment", "mention", "acceptance", "official")
#: What is about something else than a post: kind → what `subject_id` is the number of. For
#: "report_outcome" it is the decision too, seen by whoever reported.
SUBJECTS = {
    "decision": "decision",
    "report_outcome": "outcome",
    "appeal_decided": "appeal",
    "nomination": "nomination",
    "superuser": "term",
    "rank": "rank",
    "article": "article",
}
#: Of these a person gets one for a post, whichever comes first; a mention comes first.
ABOUT_NEW_POSTS = ("answer", "comment", "mention")


class Notification(Base):
    """About a post (`post_id`, `topic_id`) or about a subject of SUBJECTS, never both.

    `actor_id` is who answered, mentioned, accepted or spoke for the team; empty where nobody is
    named. Unread while `read_at` is empty. account.unread_count follows these rows in the same
    transaction; only this feature writes it.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "post_id"),
        UniqueConstraint("account_id", "kind", "subject_kind", "subject_id"),
        CheckConstraint(
            "kind IN ('answer','comment','mention','acceptance','official','decision',"
            "'report_outcome','appeal_decided','nomination','superuser','rank','article')",
            name="kind",
        ),
        CheckConstraint("(post_id IS NULL) <> (subject_id IS NULL)", name="about"),
        CheckConstraint("(post_id IS NULL) = (topic_id IS NULL)", name="post"),
        CheckConstraint("(subject_kind IS NULL) = (subject_id IS NULL)", name="subject"),
        Index("ix_notification_account_id_id", "account_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Bounded(20))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    subject_kind: Mapped[str | None] = mapped_column(Bounded(20))
    subject_id: Mapped[int | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
