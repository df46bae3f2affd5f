"""The index on PostgreSQL. SQLite has the same tables, so that there is one set of migrations,
and leaves them empty.

Nothing here is worth keeping: `flask search-rebuild` makes all of it anew.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR, VARCHAR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Bounded, UtcDateTime, id_column

TERM_LENGTH = 80  # a word has at most 64 letters, a spelling one mark more; folding adds a few

# Byte order, whatever language the database was made for: ranges of beginnings need it.
_Term = Bounded(TERM_LENGTH).with_variant(VARCHAR(TERM_LENGTH, collation="C"), "postgresql")


class SearchDocument(Base):
    """One document. `terms` finds it, `weights` (packing.py) say what each term is worth in it."""

    __tablename__ = "search_document"
    __table_args__ = (
        UniqueConstraint("kind", "thing_id"),
        Index("ix_search_document_terms", "terms", postgresql_using="gin"),
        # Both long columns out of line: sorting the hits of a common word then reads few pages.
        {"sqlite_autoincrement": True, "postgresql_with": {"toast_tuple_target": 128}},
    )

    id: Mapped[int] = id_column()
    shelf: Mapped[int]
    kind: Mapped[str] = mapped_column(Bounded(20))
    thing_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    terms: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    weights: Mapped[bytes] = mapped_column(LargeBinary)


class SearchTerm(Base):
    """A word of one shelf and in how many of its documents it stands.

    `backwards` is the word from its end, where it is long enough to be a compound. Spellings
    begin with "=".
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_backwards", "shelf", "backwards"),)

    shelf: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    term: Mapped[str] = mapped_column(_Term, primary_key=True)
    backwards: Mapped[str | None] = mapped_column(_Term)
    documents: Mapped[int]


class SearchShelf(Base):
    """One of the two indexes: how many documents it holds, in which version of their form."""

    __tablename__ = "search_shelf"
    __table_args__ = ()

    shelf: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(Bounded(20))
    documents: Mapped[int]
