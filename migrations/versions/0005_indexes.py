"""Indexes that lists were found to lack at 100,000 posts

Revision: 0005, after 0004; 2026-11-22 09:25:00
"""

from __future__ import annotations

from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_account_state_solutions_count", "account", ["state", "solutions_count"])
    op.create_index(
        "ix_topic_waiting", "topic", ["state", "kind", "answers_count", "created_at", "id"]
    )
    op.create_index("ix_topic_board_score", "topic", ["board_id", "state", "score", "id"])


def downgrade() -> None:
    op.drop_index("ix_topic_board_score", "topic")
    op.drop_index("ix_topic_waiting", "topic")
    op.drop_index("ix_account_state_solutions_count", "account")
