"""Boards, topics and posts, and the rows that say who did what to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column

BOARD_NAME_LENGTH = 100
DESCRIPTION_LENGTH = 300
FIRST_BOARD = "Allgemeines"  # what set-up lays in a forum without boards
FIRST_DESCRIPTION = "Alles, was sonst nirgends passt"
DEFAULT_ICON = "chat-square-text"
TITLE_LENGTH = 300
SOURCE_LENGTH = 100_000  # imported posts; people write at most core.text's 20,000
HTML_LENGTH = 2_000_000
REASON_LENGTH = 500
TAG_LENGTH = 60

TOPIC_KINDS = ("question", "discussion", "idea", "announcement")
POST_KINDS = ("question", "answer", "comment", "note")
STATES = ("visible", "held", "hidden", "removed")

_STATE_CHECK = "state IN ('visible','held','hidden','removed')"


class Board(Base):
    """A place for topics. `audience` may read it, `post_audience` may write in it."""

    __tablename__ = "board"

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(Bounded(80), unique=True)
    name: Mapped[str] = mapped_column(Bounded(BOARD_NAME_LENGTH))
    description: Mapped[str] = mapped_column(Bounded(DESCRIPTION_LENGTH), default="")
    icon: Mapped[str] = mapped_column(Bounded(40), default=DEFAULT_ICON)
    audience: Mapped[int] = mapped_column(default=0)
    post_audience: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    # Counters, written by the worker and `flask recount`.
    topics_count: Mapped[int] = mapped_column(default=0)
    questions_count: Mapped[int] = mapped_column(default=0)
    solved_count: Mapped[int] = mapped_column(default=0)


class Topic(Base):
    """One thread. Its first post (position 1) is the question or the opening of the discussion.

    `audience` is the board's, copied, so that one index serves every list. `solved`,
    `answers_count`, `posts_count`, `score` and the last post follow the posts in the same
    transaction.
    """

    __tablename__ = "topic"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint(_STATE_CHECK, name="state"),
        CheckConstraint("kind IN ('question','discussion','idea','announcement')", name="kind"),
        Index("ix_topic_state_last", "state", "last_post_at", "id"),
        Index("ix_topic_board_last", "board_id", "state", "last_post_at", "id"),
        Index("ix_topic_state_score", "state", "score", "id"),
        Index("ix_topic_solved_last", "state", "kind", "solved", "last_post_at", "id"),
        Index("ix_topic_answers_last", "state", "kind", "answers_count", "last_post_at", "id"),
        Index("ix_topic_waiting", "state", "kind", "answers_count", "created_at", "id"),
        Index("ix_topic_board_score", "board_id", "state", "score", "id"),
        Index("ix_topic_author_id_id", "author_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(Bounded(20))
    title: Mapped[str] = mapped_column(Bounded(TITLE_LENGTH))
    state: Mapped[str] = mapped_column(Bounded(10), default="visible")
    audience: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(Bounded(5), default="de")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_post_id: Mapped[int | None]
    last_post_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    posts_count: Mapped[int] = mapped_column(default=0)
    answers_count: Mapped[int] = mapped_column(default=0)
    score: Mapped[int] = mapped_column(default=0)
    views: Mapped[int] = mapped_column(default=0)
    solved: Mapped[bool] = mapped_column(default=False)
    official: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    pinned: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None] = mapped_column(Bounded(200))
    source_id: Mapped[str | None] = mapped_column(Bounded(200))
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Post(Base):
    """Every text in a topic. `position` counts from 1 within the topic and is never reused."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("topic_id", "position"),
        UniqueConstraint("source", "source_id"),
        CheckConstraint(_STATE_CHECK, name="state"),
        CheckConstraint("kind IN ('question','answer','comment','note')", name="kind"),
        Index("ix_post_author_id_id", "author_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    kind: Mapped[str] = mapped_column(Bounded(10))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(Bounded(10), default="visible")
    format: Mapped[str] = mapped_column(Bounded(10), default="markdown")
    text: Mapped[str] = mapped_column(LongText(SOURCE_LENGTH))
    html: Mapped[str] = mapped_column(LongText(HTML_LENGTH))
    html_version: Mapped[int]
    votes_count: Mapped[int] = mapped_column(default=0)
    imported_score: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    official_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    official_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    source: Mapped[str | None] = mapped_column(Bounded(200))
    source_id: Mapped[str | None] = mapped_column(Bounded(200))
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Vote(Base):
    """A member's "helpful" for a post; at most one."""

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("post_id", "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    voted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Acceptance(Base):
    """Who accepted which answer, and when. Position 1 is the solution."""

    __tablename__ = "acceptance"
    __table_args__ = (
        UniqueConstraint("topic_id", "position"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), unique=True)
    position: Mapped[int] = mapped_column(default=1)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Watch(Base):
    """Who wants to be told about new posts in a topic."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("topic_id", "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Hiding(Base):
    """A post that others no longer see: who hid it, when and why. Its topic goes with the first."""

    __tablename__ = "hiding"

    id: Mapped[int] = id_column()
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), unique=True)
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    hidden_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")


class SolvedWhileAsking(Base):
    """Somebody found the answer before the question was sent; kept without the person."""

    __tablename__ = "solved_while_asking"

    id: Mapped[int] = id_column()
    kind: Mapped[str] = mapped_column(Bounded(20))
    thing_id: Mapped[int]
    title: Mapped[str] = mapped_column(Bounded(TITLE_LENGTH))
    solved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Closure(Base):
    """A topic that takes no more posts: who closed it, when and why (unknown if imported)."""

    __tablename__ = "closure"

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), unique=True)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Bounded(REASON_LENGTH), default="")


class Pin(Base):
    """A topic that stays on top of its board: who pinned it and when (unknown for imported ones)."""

    __tablename__ = "pin"

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), unique=True)
    pinned_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    pinned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SimilarTopic(Base):
    """What else is about the same as a topic, best first; found behind the request.

    A topic near which nothing was found has one row without `similar_id`.
    """

    __tablename__ = "similar_topic"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    similar_id: Mapped[int | None]  # a plain number: the index may know a topic longer than we do
    found_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Tag(Base):
    """A word by which topics are found; `name` is lower-case."""

    __tablename__ = "tag"

    id: Mapped[int] = id_column()
    name: Mapped[str] = mapped_column(Bounded(TAG_LENGTH), unique=True)


class TopicTag(Base):
    """Which tags a topic carries, in the order in which they were given."""

    __tablename__ = "topic_tag"
    __table_args__ = (Index("ix_topic_tag_tag_id_topic_id", "tag_id", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
