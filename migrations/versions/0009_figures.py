"""What is counted and found behind the request

Revision: 0009, after 0008; 2026-11-28 01:50:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_figure")),
    )
    op.create_table(
        "similar_topic",
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("similar_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_similar_topic_topic_id")
        ),
        sa.PrimaryKeyConstraint("topic_id", "place", name=op.f("pk_similar_topic")),
    )
    with op.batch_alter_table("similar_topic") as batch_op:
        batch_op.create_index("ix_similar_topic_found_at", ["found_at"])


def downgrade() -> None:
    op.drop_table("similar_topic")
    op.drop_table("figure")
