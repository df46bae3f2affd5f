"""Found: the index on PostgreSQL, and what was searched in vain

Revision: 0004, after 0003; 2026-11-22 09:10:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TERM = sa.String(80).with_variant(postgresql.VARCHAR(80, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "terms", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("kind", "thing_id", name=op.f("uq_search_document_kind_thing_id")),
        sqlite_autoincrement=True,
        postgresql_with={"toast_tuple_target": 128},
    )
    with op.batch_alter_table(
        "search_document", table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index("ix_search_document_terms", ["terms"], postgresql_using="gin")
    op.create_table(
        "search_term",
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", TERM, nullable=False),
        sa.Column("backwards", TERM, nullable=True),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shelf", "term", name=op.f("pk_search_term")),
    )
    with op.batch_alter_table("search_term") as batch_op:
        batch_op.create_index("ix_search_term_backwards", ["shelf", "backwards"])
    op.create_table(
        "search_shelf",
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shelf", name=op.f("pk_search_shelf")),
    )
    op.create_table(
        "search_miss",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_miss")),
        sa.UniqueConstraint("words", name=op.f("uq_search_miss_words")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("search_miss", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_miss_count"), ["count"])


def downgrade() -> None:
    for table in ("search_miss", "search_shelf", "search_term", "search_document"):
        op.drop_table(table)
