"""The circle closes

Revision: 0002, after 0001; 2026-11-22 04:59:17.787758
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_KINDS = "kind IN ('answer','comment','mention','acceptance')"
NOTIFICATION_CHECKS = {
    "kind": "kind IN ('answer','comment','mention','acceptance','official','decision',"
    "'report_outcome','appeal_decided','nomination','superuser','rank','article')",
    "about": "(post_id IS NULL) <> (subject_id IS NULL)",
    "post": "(post_id IS NULL) = (topic_id IS NULL)",
    "subject": "(subject_kind IS NULL) = (subject_id IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "rulebook",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("version", name=op.f("uq_rulebook_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "solved_while_asking",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solved_while_asking")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "solved_while_asking", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_solved_while_asking_solved_at"), ["solved_at"], unique=False
        )

    op.create_table(
        "moderation_case",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("item_kind", sa.String(20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reports_count", sa.Integer(), nullable=False),
        sa.Column("notices_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("item_kind IN ('post')", name=op.f("ck_moderation_case_item_kind")),
        sa.CheckConstraint(
            "origin IN ('report','notice','held','staff')", name=op.f("ck_moderation_case_origin")
        ),
        sa.CheckConstraint("state IN ('open','decided')", name=op.f("ck_moderation_case_state")),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_moderation_case_board_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_case")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "moderation_case", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_case_board_id"), ["board_id"], unique=False)
        batch_op.create_index(
            "ix_moderation_case_item_kind_item_id", ["item_kind", "item_id"], unique=False
        )
        batch_op.create_index("ix_moderation_case_state_id", ["state", "id"], unique=False)
        batch_op.create_index(
            "uq_moderation_case_open",
            ["item_kind", "item_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "rank_criteria",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("rank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("solutions", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("thankers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rank_id"], ["rank.id"], name=op.f("fk_rank_criteria_rank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank_criteria")),
        sa.UniqueConstraint("key", name=op.f("uq_rank_criteria_key")),
        sa.UniqueConstraint("position", name=op.f("uq_rank_criteria_position")),
        sa.UniqueConstraint("rank_id", name=op.f("uq_rank_criteria_rank_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rule",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "rulebook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_de", sa.String(120), nullable=False),
        sa.Column("title_en", sa.String(120), nullable=False),
        sa.Column("text_de", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("reason_de", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("example_de", sa.Text(), nullable=False),
        sa.Column("example_en", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("dsa_ground", sa.String(20), nullable=False),
        sa.Column("dsa_category", sa.String(100), nullable=False),
        sa.Column("reportable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_rule_rulebook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
        sa.UniqueConstraint("rulebook_id", "number", name=op.f("uq_rule_rulebook_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assignment",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "assigned_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "released_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('topic','case','appeal','suggestion','article','nomination','job')",
            name=op.f("ck_assignment_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["account.id"], name=op.f("fk_assignment_assigned_by")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["account.id"], name=op.f("fk_assignment_released_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "assignment", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            "ix_assignment_account_id_released_at", ["account_id", "released_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignment_assigned_by"), ["assigned_by"], unique=False
        )
        batch_op.create_index("ix_assignment_kind_thing_id", ["kind", "thing_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_released_by"), ["released_by"], unique=False
        )
        batch_op.create_index(
            "uq_assignment_open",
            ["kind", "thing_id"],
            unique=True,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )

    op.create_table(
        "decision",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_kind", sa.String(20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("rulebook_version", sa.Integer(), nullable=True),
        sa.Column("rule_number", sa.Integer(), nullable=True),
        sa.Column("rule_title_de", sa.String(120), nullable=False),
        sa.Column("rule_title_en", sa.String(120), nullable=False),
        sa.Column("rule_text_de", sa.Text(), nullable=False),
        sa.Column("rule_text_en", sa.Text(), nullable=False),
        sa.Column("post_title", sa.String(300), nullable=False),
        sa.Column("post_text", sa.Text(), nullable=False),
        sa.Column("post_html", sa.Text(), nullable=False),
        sa.Column("post_author", sa.String(100), nullable=False),
        sa.Column("post_created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("legal_ground", sa.String(500), nullable=False),
        sa.Column("category", sa.String(100), nullable=False),
        sa.Column("facts", sa.String(2000), nullable=False),
        sa.Column("explanation", sa.String(2000), nullable=False),
        sa.Column("source_type", sa.String(40), nullable=False),
        sa.Column("automated_detection", sa.Boolean(), nullable=False),
        sa.Column("automated_decision", sa.Boolean(), nullable=False),
        sa.Column("puid", sa.String(64), nullable=False),
        sa.Column("statement_de", sa.Text(), nullable=False),
        sa.Column("statement_en", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ground IN ('','incompatible','illegal')", name=op.f("ck_decision_ground")
        ),
        sa.CheckConstraint("item_kind IN ('post')", name=op.f("ck_decision_item_kind")),
        sa.CheckConstraint(
            "kind IN ('hide','keep','restore','approve','reject')", name=op.f("ck_decision_kind")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_decision_author_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_case.id"], name=op.f("fk_decision_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["decision.id"], name=op.f("fk_decision_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("puid", name=op.f("uq_decision_puid")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_decision_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "decision", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(
            "ix_decision_item_kind_item_id", ["item_kind", "item_id"], unique=False
        )

    op.create_table(
        "nomination",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("solutions", sa.Integer(), nullable=False),
        sa.Column("thankers", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open','confirmed','declined','accepted','refused','withdrawn')",
            name=op.f("ck_nomination_state"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_nomination_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_nomination_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "nomination", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index("ix_nomination_account_id_id", ["account_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index("ix_nomination_state_id", ["state", "id"], unique=False)
        batch_op.create_index(
            "uq_nomination_pending",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('open','confirmed')"),
            postgresql_where=sa.text("state IN ('open','confirmed')"),
        )

    op.create_table(
        "notice",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("category", sa.String(60), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("name", sa.String(100), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("bona_fide", sa.Boolean(), nullable=False),
        sa.Column("anonymous_ground", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_case.id"], name=op.f("fk_notice_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_notice_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "notice", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_case_id"), ["case_id"], unique=False)

    op.create_table(
        "rank_step",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("rank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_rank_step_account_id")
        ),
        sa.ForeignKeyConstraint(["rank_id"], ["rank.id"], name=op.f("fk_rank_step_rank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "rank_step", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index("ix_rank_step_account_id_id", ["account_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rank_step_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_rank_step_rank_id"), ["rank_id"], unique=False)

    op.create_table(
        "report",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_number", sa.Integer(), nullable=False),
        sa.Column(
            "reporter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["moderation_case.id"], name=op.f("fk_report_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["account.id"], name=op.f("fk_report_reporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("case_id", "reporter_id", name=op.f("uq_report_case_id_reporter_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "report", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_reporter_id"), ["reporter_id"], unique=False)

    op.create_table(
        "standing",
        sa.Column(
            "account_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("solutions", sa.Integer(), nullable=False),
        sa.Column("thankers", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_standing_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_standing")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "standing", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_points"), ["points"], unique=False)

    op.create_table(
        "appeal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("filed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("reasons", sa.String(2000), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome IN ('upheld','reversed')", name=op.f("ck_appeal_outcome")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_appeal_decided_by")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id")
        ),
        sa.ForeignKeyConstraint(["filed_by"], ["account.id"], name=op.f("fk_appeal_filed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "appeal", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_filed_by"), ["filed_by"], unique=False)
        batch_op.create_index("ix_appeal_outcome_id", ["outcome", "id"], unique=False)

    op.create_table(
        "note",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column(
            "written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_note_topic_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "note", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index("ix_note_topic_id_id", ["topic_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_written_by"), ["written_by"], unique=False)

    op.create_table(
        "term",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "nomination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("charter_version", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_term_account_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_term_ended_by")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_term_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "term", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_ended_by"), ["ended_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(
            "uq_term_running",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "article",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "source_topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "source_post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "credit_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("current_revision_id", sa.Integer(), nullable=True),
        sa.Column("latest_revision_id", sa.Integer(), nullable=True),
        sa.Column("review_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reviewed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','review','published','archived')", name=op.f("ck_article_state")
        ),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_article_board_id")),
        sa.ForeignKeyConstraint(
            ["credit_account_id"], ["account.id"], name=op.f("fk_article_credit_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["account.id"], name=op.f("fk_article_reviewed_by")
        ),
        sa.ForeignKeyConstraint(
            ["source_post_id"], ["post.id"], name=op.f("fk_article_source_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_topic_id"], ["topic.id"], name=op.f("fk_article_source_topic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("source_post_id", name=op.f("uq_article_source_post_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "article", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            "ix_article_board_id_state_id", ["board_id", "state", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_credit_account_id"), ["credit_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_review_asked_at"), ["review_asked_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_article_reviewed_by"), ["reviewed_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_article_source_topic_id"), ["source_topic_id"], unique=False
        )
        batch_op.create_index("ix_article_state_id", ["state", "id"], unique=False)

    op.create_table(
        "hiding",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hidden_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["hidden_by"], ["account.id"], name=op.f("fk_hiding_hidden_by")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_hiding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hiding")),
        sa.UniqueConstraint("post_id", name=op.f("uq_hiding_post_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "hiding", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_hiding_hidden_by"), ["hidden_by"], unique=False)

    op.create_table(
        "point_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("cause_id", sa.Integer(), nullable=False),
        sa.Column("earned_for", sa.String(20), nullable=False),
        sa.Column("earned_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('vote','vote_back','acceptance','acceptance_back','concealed','revealed')",
            name=op.f("ck_point_entry_cause"),
        ),
        sa.CheckConstraint(
            "earned_for IN ('vote','acceptance')", name=op.f("ck_point_entry_earned_for")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_point_entry_account_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_point_entry_actor_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_point_entry_post_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_point_entry_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
        sa.UniqueConstraint("cause", "cause_id", name=op.f("uq_point_entry_cause_cause_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "point_entry", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            "ix_point_entry_account_id_actor_id", ["account_id", "actor_id"], unique=False
        )
        batch_op.create_index("ix_point_entry_account_id_id", ["account_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(
            "ix_point_entry_earned_for_earned_id", ["earned_for", "earned_id"], unique=False
        )
        batch_op.create_index(
            "ix_point_entry_happened_at_account_id", ["happened_at", "account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_point_entry_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_entry_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.CheckConstraint(
            "state IN ('open','taken','declined','withdrawn')", name=op.f("ck_suggestion_state")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_suggestion_decided_by")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_suggestion_post_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_suggestion_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("post_id", name=op.f("uq_suggestion_post_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "suggestion", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_decided_by"), ["decided_by"], unique=False)
        batch_op.create_index("ix_suggestion_state_id", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "article_revision",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("problem_html", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("solution_html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("valid_for", sa.String(200), nullable=False),
        sa.Column("comment", sa.String(300), nullable=False),
        sa.Column(
            "written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helpful_count", sa.Integer(), nullable=False),
        sa.Column("unhelpful_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_revision_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_article_revision_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revision")),
        sa.UniqueConstraint(
            "article_id", "number", name=op.f("uq_article_revision_article_id_number")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "article_revision", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_revision_written_by"), ["written_by"], unique=False
        )

    op.create_table(
        "article_feedback",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_article_feedback_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_feedback_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["article_revision.id"], name=op.f("fk_article_feedback_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_feedback")),
        sa.UniqueConstraint(
            "revision_id", "account_id", name=op.f("uq_article_feedback_revision_id_account_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "article_feedback", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_feedback_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_feedback_article_id"), ["article_id"], unique=False
        )

    op.create_table(
        "article_review",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('asked','returned','published','archived')",
            name=op.f("ck_article_review_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_review_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_article_review_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["article_revision.id"], name=op.f("fk_article_review_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_review")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "article_review", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_review_article_id"), ["article_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_review_decided_by"), ["decided_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_article_review_revision_id"), ["revision_id"], unique=False
        )

    with op.batch_alter_table(
        "account", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(
            sa.Column("mail_standing", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table(
        "account", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.alter_column("mail_standing", existing_type=sa.Boolean(), server_default=None)

    with op.batch_alter_table(
        "notification", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(sa.Column("subject_kind", sa.String(20), nullable=True))
        batch_op.add_column(sa.Column("subject_id", sa.Integer(), nullable=True))
        batch_op.alter_column("topic_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("post_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("actor_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.drop_constraint("kind", type_="check")
        for name, condition in NOTIFICATION_CHECKS.items():
            batch_op.create_check_constraint(name, condition)
        batch_op.create_unique_constraint(
            batch_op.f("uq_notification_account_id_kind_subject_kind_subject_id"),
            ["account_id", "kind", "subject_kind", "subject_id"],
        )

    with op.batch_alter_table(
        "post", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(
            sa.Column(
                "official_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.add_column(sa.Column("official_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_post_official_by"), ["official_by"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_post_official_by"), "account", ["official_by"], ["id"]
        )

    with op.batch_alter_table(
        "topic", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(
            sa.Column("official", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table(
        "topic", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.alter_column("official", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    # The older inbox knows news of posts only.
    op.execute(f"DELETE FROM notification WHERE NOT ({OLD_KINDS})")
    op.execute(
        "UPDATE account SET unread_count = (SELECT count(*) FROM notification"
        " WHERE notification.account_id = account.id AND read_at IS NULL)"
    )
    with op.batch_alter_table(
        "topic", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_column("official")

    with op.batch_alter_table(
        "post", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_post_official_by"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_post_official_by"))
        batch_op.drop_column("official_at")
        batch_op.drop_column("official_by")

    with op.batch_alter_table(
        "notification", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        for name in NOTIFICATION_CHECKS:
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint("kind", OLD_KINDS)
        batch_op.drop_constraint(
            batch_op.f("uq_notification_account_id_kind_subject_kind_subject_id"), type_="unique"
        )
        batch_op.alter_column("actor_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("post_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("topic_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("subject_id")
        batch_op.drop_column("subject_kind")

    with op.batch_alter_table(
        "account", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_column("mail_standing")

    with op.batch_alter_table(
        "article_review", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_review_revision_id"))
        batch_op.drop_index(batch_op.f("ix_article_review_decided_by"))
        batch_op.drop_index(batch_op.f("ix_article_review_article_id"))

    op.drop_table("article_review")
    with op.batch_alter_table(
        "article_feedback", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_feedback_article_id"))
        batch_op.drop_index(batch_op.f("ix_article_feedback_account_id"))

    op.drop_table("article_feedback")
    with op.batch_alter_table(
        "article_revision", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_revision_written_by"))

    op.drop_table("article_revision")
    with op.batch_alter_table(
        "suggestion", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_topic_id"))
        batch_op.drop_index("ix_suggestion_state_id")
        batch_op.drop_index(batch_op.f("ix_suggestion_decided_by"))

    op.drop_table("suggestion")
    with op.batch_alter_table(
        "point_entry", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_entry_topic_id"))
        batch_op.drop_index(batch_op.f("ix_point_entry_post_id"))
        batch_op.drop_index("ix_point_entry_happened_at_account_id")
        batch_op.drop_index("ix_point_entry_earned_for_earned_id")
        batch_op.drop_index(batch_op.f("ix_point_entry_actor_id"))
        batch_op.drop_index("ix_point_entry_account_id_id")
        batch_op.drop_index("ix_point_entry_account_id_actor_id")

    op.drop_table("point_entry")
    with op.batch_alter_table(
        "hiding", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hiding_hidden_by"))

    op.drop_table("hiding")
    with op.batch_alter_table(
        "article", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index("ix_article_state_id")
        batch_op.drop_index(batch_op.f("ix_article_source_topic_id"))
        batch_op.drop_index(batch_op.f("ix_article_reviewed_by"))
        batch_op.drop_index(batch_op.f("ix_article_review_asked_at"))
        batch_op.drop_index(batch_op.f("ix_article_credit_account_id"))
        batch_op.drop_index("ix_article_board_id_state_id")

    op.drop_table("article")
    with op.batch_alter_table(
        "term", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(
            "uq_term_running",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_term_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_term_ends_at"))
        batch_op.drop_index(batch_op.f("ix_term_ended_by"))

    op.drop_table("term")
    with op.batch_alter_table(
        "note", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_written_by"))
        batch_op.drop_index("ix_note_topic_id_id")

    op.drop_table("note")
    with op.batch_alter_table(
        "appeal", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index("ix_appeal_outcome_id")
        batch_op.drop_index(batch_op.f("ix_appeal_filed_by"))
        batch_op.drop_index(batch_op.f("ix_appeal_decided_by"))

    op.drop_table("appeal")
    with op.batch_alter_table(
        "standing", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_points"))

    op.drop_table("standing")
    with op.batch_alter_table(
        "report", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_reporter_id"))

    op.drop_table("report")
    with op.batch_alter_table(
        "rank_step", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rank_step_rank_id"))
        batch_op.drop_index(batch_op.f("ix_rank_step_changed_at"))
        batch_op.drop_index("ix_rank_step_account_id_id")

    op.drop_table("rank_step")
    with op.batch_alter_table(
        "notice", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_case_id"))

    op.drop_table("notice")
    with op.batch_alter_table(
        "nomination", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(
            "uq_nomination_pending",
            sqlite_where=sa.text("state IN ('open','confirmed')"),
            postgresql_where=sa.text("state IN ('open','confirmed')"),
        )
        batch_op.drop_index("ix_nomination_state_id")
        batch_op.drop_index(batch_op.f("ix_nomination_decided_by"))
        batch_op.drop_index("ix_nomination_account_id_id")

    op.drop_table("nomination")
    with op.batch_alter_table(
        "decision", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index("ix_decision_item_kind_item_id")
        batch_op.drop_index(batch_op.f("ix_decision_decided_by"))
        batch_op.drop_index(batch_op.f("ix_decision_case_id"))
        batch_op.drop_index(batch_op.f("ix_decision_author_id"))

    op.drop_table("decision")
    with op.batch_alter_table(
        "assignment", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(
            "uq_assignment_open",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assignment_released_by"))
        batch_op.drop_index("ix_assignment_kind_thing_id")
        batch_op.drop_index(batch_op.f("ix_assignment_assigned_by"))
        batch_op.drop_index("ix_assignment_account_id_released_at")

    op.drop_table("assignment")
    op.drop_table("rule")
    op.drop_table("rank_criteria")
    with op.batch_alter_table(
        "moderation_case", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(
            "uq_moderation_case_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_moderation_case_state_id")
        batch_op.drop_index("ix_moderation_case_item_kind_item_id")
        batch_op.drop_index(batch_op.f("ix_moderation_case_board_id"))

    op.drop_table("moderation_case")
    with op.batch_alter_table(
        "solved_while_asking", schema=None, table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solved_while_asking_solved_at"))

    op.drop_table("solved_while_asking")
    op.drop_table("rulebook")
