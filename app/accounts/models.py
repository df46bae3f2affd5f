"""Accounts and what hangs on them. State is rows: who, when, why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, LongText, UtcDateTime, id_column

NAME_LENGTH = 100  # imported names are kept as they are; new ones have 3–30 characters
EMAIL_LENGTH = 254
ABOUT_LENGTH = 1_000
DOCUMENT_LENGTH = 60_000
LABEL_LENGTH = 80
CHANGES_LENGTH = 2_000
LIFETIME_DAYS = 90  # of a session, used or not

ROLES = ("customer", "superuser", "agent", "moderator", "admin")
TEAM = ("agent", "moderator", "admin")
#: What a program may do at most; its account may allow less.
SCOPES = ("read", "write", "moderate", "import")
STATES = ("pending", "active", "imported", "suspended", "erased")
#: Whose page exists for others: a pending account is nobody yet, an erased one nobody any more.
SEEN_STATES = ("active", "suspended", "imported")


class Account(Base):
    """A person who may sign in, or the author of imported posts whom somebody may claim later."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint(
            "role IN ('customer','superuser','agent','moderator','admin')", name="role"
        ),
        CheckConstraint(
            "state IN ('pending','active','imported','suspended','erased')", name="state"
        ),
        # The helpers of the home page: after an import most who helped are imported.
        Index("ix_account_state_solutions_count", "state", "solutions_count"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    name: Mapped[str] = mapped_column(Bounded(NAME_LENGTH))
    name_key: Mapped[str] = mapped_column(Bounded(NAME_LENGTH * 3), unique=True)
    name_skeleton: Mapped[str] = mapped_column(Bounded(NAME_LENGTH * 3), unique=True)
    email: Mapped[str | None] = mapped_column(Bounded(EMAIL_LENGTH))
    email_key: Mapped[str | None] = mapped_column(Bounded(EMAIL_LENGTH * 3), unique=True)
    password_hash: Mapped[str | None] = mapped_column(Bounded(200))
    role: Mapped[str] = mapped_column(Bounded(20), default="customer")
    state: Mapped[str] = mapped_column(Bounded(20), default="pending")
    locale: Mapped[str] = mapped_column(Bounded(5), default="de")
    about: Mapped[str] = mapped_column(Bounded(ABOUT_LENGTH), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Which notifications also come by mail; the settings page writes them.
    mail_answer: Mapped[bool] = mapped_column(default=True)
    mail_mention: Mapped[bool] = mapped_column(default=True)
    mail_acceptance: Mapped[bool] = mapped_column(default=True)
    mail_standing: Mapped[bool] = mapped_column(default=True)
    rank_id: Mapped[int | None] = mapped_column(ForeignKey("rank.id"), index=True)
    # Counters: the worker and `flask recount` write them; `unread_count` belongs to notifications.
    topics_count: Mapped[int] = mapped_column(default=0)
    posts_count: Mapped[int] = mapped_column(default=0)
    solutions_count: Mapped[int] = mapped_column(default=0, index=True)
    unread_count: Mapped[int] = mapped_column(default=0)
    source: Mapped[str | None] = mapped_column(Bounded(200))
    source_id: Mapped[str | None] = mapped_column(Bounded(200))
    # Of the team only: an account with privileges that nobody uses should be noticed.
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Rank(Base):
    """A label beside the name; the criteria for it live in superusers."""

    __tablename__ = "rank"

    id: Mapped[int] = id_column()
    key: Mapped[str] = mapped_column(Bounded(40), unique=True)
    name_de: Mapped[str] = mapped_column(Bounded(60))
    name_en: Mapped[str] = mapped_column(Bounded(60))
    position: Mapped[int]


class Grant(Base):
    """One privilege for one account within a scope such as "board:12" or "*"."""

    __tablename__ = "account_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "privilege", "scope"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    privilege: Mapped[str] = mapped_column(Bounded(40))
    scope: Mapped[str] = mapped_column(Bounded(60))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignedInSession(Base):
    """A browser that is signed in. Only the hash of its secret is kept."""

    __tablename__ = "account_session"

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    secret_hash: Mapped[str] = mapped_column(Bounded(64), unique=True)
    browser: Mapped[str] = mapped_column(Bounded(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ApiToken(Base):
    """What a program signs in with, for one account. Only the hash of its secret is kept."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("scope IN ('read','write','moderate','import')", name="scope"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(Bounded(LABEL_LENGTH), default="")
    scope: Mapped[str] = mapped_column(Bounded(10))
    secret_hash: Mapped[str] = mapped_column(Bounded(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # When the program last changed something, to the day: reading never writes.
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailToken(Base):
    """A single-use link sent by mail, for one purpose and one address. Only its hash is kept."""

    __tablename__ = "mail_token"
    __table_args__ = (
        Index("ix_mail_token_account_id_purpose", "account_id", "purpose"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(Bounded(20))
    secret_hash: Mapped[str] = mapped_column(Bounded(64), unique=True)
    email: Mapped[str] = mapped_column(Bounded(EMAIL_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """Somebody is asked into the team, by a link that is bound to the address. Only its hash is kept.

    Open until it is accepted, withdrawn or too old; an address has one open invitation.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("role IN ('agent','moderator','admin')", name="role"),
        Index(
            "uq_invitation_open",
            "email_key",
            unique=True,
            sqlite_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    email: Mapped[str] = mapped_column(Bounded(EMAIL_LENGTH))
    email_key: Mapped[str] = mapped_column(Bounded(EMAIL_LENGTH * 3))
    role: Mapped[str] = mapped_column(Bounded(20))
    locale: Mapped[str] = mapped_column(Bounded(5))
    # None until the mail is written: no job row ever holds the secret.
    secret_hash: Mapped[str | None] = mapped_column(Bounded(64), unique=True)
    invited_by: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Document(Base):
    """One version of a public text (the netiquette, say) in one language; never changed."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("kind", "version", "language"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    kind: Mapped[str] = mapped_column(Bounded(20))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(Bounded(5))
    title: Mapped[str] = mapped_column(Bounded(200))
    text: Mapped[str] = mapped_column(LongText(DOCUMENT_LENGTH))
    html: Mapped[str] = mapped_column(LongText(DOCUMENT_LENGTH * 3))
    sha256: Mapped[str] = mapped_column(Bounded(64))
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    # What is new in this version, for those who accepted the one before (Art. 14(2) DSA).
    changes: Mapped[str | None] = mapped_column(LongText(CHANGES_LENGTH))


class Consent(Base):
    """Who accepted which version of which document, and when."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "version"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = id_column()
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Bounded(20))
    version: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
