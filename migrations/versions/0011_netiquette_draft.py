"""The draft of the netiquette

Revision: 0011, after 0010; 2026-11-28 03:10:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("document", sa.Column("changes", sa.Text(), nullable=True))
    op.create_table(
        "rulebook_draft",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["account.id"], name=op.f("fk_rulebook_draft_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rulebook_draft_changed_by"), "rulebook_draft", ["changed_by"])


def downgrade() -> None:
    op.drop_table("rulebook_draft")
    op.drop_column("document", "changes")
