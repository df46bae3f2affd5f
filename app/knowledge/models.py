"""Suggestions, articles and their revisions, and what was said about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column

TITLE_LENGTH = 200
TEXT_LENGTH = 20_000  # what core.text renders at most
HTML_LENGTH = 2_000_000
VALID_FOR_LENGTH = 200
COMMENT_LENGTH = 300
REASON_LENGTH = 500


class Suggestion(Base):
    """An accepted answer that could become an article; one per answer, whatever happens to it.

    `withdrawn` is not a decision: the acceptance was taken back or the post is hidden, and the
    suggestion opens again with it.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("state IN ('open','taken','declined','withdrawn')", name="state"),
        Index("ix_suggestion_state_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), unique=True)
    state: Mapped[str] = mapped_column(Bounded(10), default="open")
    suggested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")


class Article(Base):
    """A page of the knowledge base; its words are revisions.

    Readers see `current_revision_id` while the state is published; `latest_revision_id` may be
    newer and is what staff work on. `review_asked_at` is set while the newest one waits for a
    review, also of a published article. Who did each step stands in Review.
    """

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("state IN ('draft','review','published','archived')", name="state"),
        Index("ix_article_state_id", "state", "id"),
        Index("ix_article_board_id_state_id", "board_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    state: Mapped[str] = mapped_column(Bounded(10), default="draft")
    audience: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(Bounded(5), default="de")
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"))
    source_topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    source_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), unique=True)
    credit_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    # Plain numbers: a revision refers to its article already.
    current_revision_id: Mapped[int | None]
    latest_revision_id: Mapped[int | None]
    review_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Revision(Base):
    """The words of an article at one time; never changed, only followed by another one."""

    __tablename__ = "article_revision"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Bounded(TITLE_LENGTH))
    problem: Mapped[str] = mapped_column(LongText(TEXT_LENGTH))
    problem_html: Mapped[str] = mapped_column(LongText(HTML_LENGTH))
    solution: Mapped[str] = mapped_column(LongText(TEXT_LENGTH))
    solution_html: Mapped[str] = mapped_column(LongText(HTML_LENGTH))
    html_version: Mapped[int]
    valid_for: Mapped[str] = mapped_column(Bounded(VALID_FOR_LENGTH), default="")
    comment: Mapped[str] = mapped_column(Bounded(COMMENT_LENGTH), default="")
    written_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counters of ArticleFeedback, in the same transaction.
    helpful_count: Mapped[int] = mapped_column(default=0)
    unhelpful_count: Mapped[int] = mapped_column(default=0)


class Review(Base):
    """One step of an article's way: who asked, returned, published or archived which revision."""

    __tablename__ = "article_review"
    __table_args__ = (
        CheckConstraint("verdict IN ('asked','returned','published','archived')", name="verdict"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("article_revision.id"), index=True)
    verdict: Mapped[str] = mapped_column(Bounded(10))
    note: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ArticleFeedback(Base):
    """Whether it helped. A member has one answer per revision; a guest's is kept without the guest."""

    __tablename__ = "article_feedback"
    __table_args__ = (
        UniqueConstraint("revision_id", "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("article_revision.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    helpful: Mapped[bool]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
