"""The first use

Revision: 0008, after 0007; 2026-11-28 02:10:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "settled_step",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("settled_by", ID, nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account.id"], name=op.f("fk_settled_step_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_step")),
        sa.UniqueConstraint("step", name=op.f("uq_settled_step_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_settled_step_settled_by"), "settled_step", ["settled_by"])
    op.create_table(
        "mail_test",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("server", sa.String(600), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_mail_test_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_test")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mail_test_asked_by"), "mail_test", ["asked_by"])


def downgrade() -> None:
    op.drop_table("mail_test")
    op.drop_table("settled_step")
