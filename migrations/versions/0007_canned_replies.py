"""Canned replies

Revision: 0007, after 0006; 2026-11-28 02:00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "canned_reply",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("address", sa.String(4), nullable=False),
        sa.Column("situation", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_by", ID, nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("address IN ('sie','du','both')", name=op.f("ck_canned_reply_address")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["account.id"], name=op.f("fk_canned_reply_changed_by")
        ),
        sa.ForeignKeyConstraint(
            ["archived_by"], ["account.id"], name=op.f("fk_canned_reply_archived_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "canned_reply", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            "uq_canned_reply_on_offer",
            ["language", "address", "title"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_canned_reply_changed_by"), ["changed_by"])
        batch_op.create_index(batch_op.f("ix_canned_reply_archived_by"), ["archived_by"])


def downgrade() -> None:
    op.drop_table("canned_reply")
