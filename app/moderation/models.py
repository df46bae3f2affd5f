"""Rules by version, and the rows of a case: who reported, what was decided and why, who objected.

Rulebooks, rules and decisions are only ever added: a mistake is corrected by another row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import EMAIL_LENGTH, NAME_LENGTH
from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column
from app.forum.models import HTML_LENGTH, SOURCE_LENGTH, TITLE_LENGTH

RULE_TITLE_LENGTH = 120
RULE_TEXT_LENGTH = 4_000
WORDS_LENGTH = 2_000  # of a report, of facts, of the reasons of a decision
NOTICE_LENGTH = 5_000
APPEAL_LENGTH = 5_000
STATEMENT_LENGTH = 20_000
GROUND_LENGTH = 500
URL_LENGTH = 1_000

POST = "post"  # the one kind of item so far
KINDS = ("hide", "keep", "restore", "approve", "reject")
#: Decisions that restrict a post: they carry a statement of reasons and can be objected to.
RESTRICTING = ("hide", "reject")
#: Decisions about which the author gets a letter.
TOLD = ("hide", "reject", "restore")
OUTCOMES = ("upheld", "reversed")


class Rulebook(Base):
    """One version of the netiquette. `frame` holds what stands around the rules, by language."""

    __tablename__ = "rulebook"

    id: Mapped[int] = id_column()
    version: Mapped[int] = mapped_column(unique=True)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(Bounded(64))
    frame: Mapped[dict[str, Any]] = mapped_column(JSON)


class Rule(Base):
    """One numbered rule of one version, in both languages."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("rulebook_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = id_column()
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebook.id"))
    number: Mapped[int]
    title_de: Mapped[str] = mapped_column(Bounded(RULE_TITLE_LENGTH))
    title_en: Mapped[str] = mapped_column(Bounded(RULE_TITLE_LENGTH))
    text_de: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    text_en: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    reason_de: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    reason_en: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    example_de: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    example_en: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH))
    steps: Mapped[list[str]] = mapped_column(JSON)
    dsa_ground: Mapped[str] = mapped_column(Bounded(20))
    dsa_category: Mapped[str] = mapped_column(Bounded(100))
    reportable: Mapped[bool] = mapped_column(default=True)


class RulebookDraft(Base):
    """The next version while it is written: one row with the texts and their placeholders."""

    __tablename__ = "rulebook_draft"

    id: Mapped[int] = id_column()
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Case(Base):
    """What is to be decided about one item; while one is open there is no second for the item."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("item_kind IN ('post')", name="item_kind"),
        CheckConstraint("state IN ('open','decided')", name="state"),
        CheckConstraint("origin IN ('report','notice','held','staff')", name="origin"),
        Index(
            "uq_moderation_case_open",
            "item_kind",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_moderation_case_state_id", "state", "id"),
        Index("ix_moderation_case_item_kind_item_id", "item_kind", "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    item_kind: Mapped[str] = mapped_column(Bounded(20), default=POST)
    item_id: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    origin: Mapped[str] = mapped_column(Bounded(10))
    state: Mapped[str] = mapped_column(Bounded(10), default="open")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What waits in the queue, counted here so that its page needs no counting.
    reports_count: Mapped[int] = mapped_column(default=0)
    notices_count: Mapped[int] = mapped_column(default=0)


class Report(Base):
    """A member's report under a rule; one per member and case."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("case_id", "reporter_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = id_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    rule_number: Mapped[int]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    text: Mapped[str] = mapped_column(Bounded(WORDS_LENGTH), default="")
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Notice(Base):
    """Anybody's notice of illegal content (Art. 16 DSA).

    The status link is `token_hash` of a secret that `actions.notice_token` derives from `nonce`
    and the operator's key, so that a stolen database opens no link.
    """

    __tablename__ = "notice"

    id: Mapped[int] = id_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    url: Mapped[str] = mapped_column(Bounded(URL_LENGTH))
    category: Mapped[str] = mapped_column(Bounded(60))
    reasons: Mapped[str] = mapped_column(LongText(NOTICE_LENGTH))
    name: Mapped[str | None] = mapped_column(Bounded(NAME_LENGTH))
    email: Mapped[str | None] = mapped_column(Bounded(EMAIL_LENGTH))
    bona_fide: Mapped[bool]
    anonymous_ground: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(Bounded(5))
    nonce: Mapped[str] = mapped_column(Bounded(64))
    token_hash: Mapped[str] = mapped_column(Bounded(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Decision(Base):
    """What was decided about an item, with everything as it was at that moment; never changed.

    `statement_de` and `statement_en` are the letter that was shown before and that the author
    gets. A provisional one (by a super user) leaves its case open for the staff.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('hide','keep','restore','approve','reject')", name="kind"),
        CheckConstraint("ground IN ('','incompatible','illegal')", name="ground"),
        CheckConstraint("item_kind IN ('post')", name="item_kind"),
        Index("ix_decision_item_kind_item_id", "item_kind", "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    item_kind: Mapped[str] = mapped_column(Bounded(20), default=POST)
    item_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(Bounded(10))
    provisional: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    # The rule as it read.
    rulebook_version: Mapped[int | None]
    rule_number: Mapped[int | None]
    rule_title_de: Mapped[str] = mapped_column(Bounded(RULE_TITLE_LENGTH), default="")
    rule_title_en: Mapped[str] = mapped_column(Bounded(RULE_TITLE_LENGTH), default="")
    rule_text_de: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH), default="")
    rule_text_en: Mapped[str] = mapped_column(LongText(RULE_TEXT_LENGTH), default="")
    # The post as it stood.
    post_title: Mapped[str] = mapped_column(Bounded(TITLE_LENGTH))
    post_text: Mapped[str] = mapped_column(LongText(SOURCE_LENGTH))
    post_html: Mapped[str] = mapped_column(LongText(HTML_LENGTH))
    post_author: Mapped[str] = mapped_column(Bounded(NAME_LENGTH))
    post_created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The fields of Art. 17 and of the Transparency Database (LAW 1.2).
    ground: Mapped[str] = mapped_column(Bounded(20), default="")
    legal_ground: Mapped[str] = mapped_column(Bounded(GROUND_LENGTH), default="")
    category: Mapped[str] = mapped_column(Bounded(100), default="")
    facts: Mapped[str] = mapped_column(Bounded(WORDS_LENGTH), default="")
    explanation: Mapped[str] = mapped_column(Bounded(WORDS_LENGTH), default="")
    source_type: Mapped[str] = mapped_column(Bounded(40))
    automated_detection: Mapped[bool] = mapped_column(default=False)
    automated_decision: Mapped[bool] = mapped_column(default=False)
    puid: Mapped[str] = mapped_column(Bounded(64), unique=True)
    statement_de: Mapped[str] = mapped_column(LongText(STATEMENT_LENGTH), default="")
    statement_en: Mapped[str] = mapped_column(LongText(STATEMENT_LENGTH), default="")


class Appeal(Base):
    """The author's objection to one decision, and what somebody else decided about it."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("outcome IN ('upheld','reversed')", name="outcome"),
        Index("ix_appeal_outcome_id", "outcome", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    filed_by: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    text: Mapped[str] = mapped_column(LongText(APPEAL_LENGTH))
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(Bounded(10))
    reasons: Mapped[str] = mapped_column(Bounded(WORDS_LENGTH), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
