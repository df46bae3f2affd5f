"""What people do about order: one verb per function. Actions never commit."""

from app.moderation.actions.appealing import appeal, decide_appeal, draft_reversal
from app.moderation.actions.deciding import decide_case, draft_decision
from app.moderation.actions.drafting import (
    add_rule,
    bring_rule_back,
    change_frame,
    change_rule,
    is_shipped,
    move_rule,
    publish_draft,
    publish_file,
    remove_rule,
)
from app.moderation.actions.noticing import give_notice, notice_token
from app.moderation.actions.opening import open_case, open_case_about_held
from app.moderation.actions.reporting import report_post
from app.moderation.actions.rulebook import (
    FRAME,
    ensure_rulebook,
    publish_rulebook,
    shipped_netiquette,
)

__all__ = [
    "FRAME",
    "add_rule",
    "appeal",
    "bring_rule_back",
    "change_frame",
    "change_rule",
    "decide_appeal",
    "decide_case",
    "draft_decision",
    "draft_reversal",
    "ensure_rulebook",
    "give_notice",
    "is_shipped",
    "move_rule",
    "notice_token",
    "open_case",
    "open_case_about_held",
    "publish_draft",
    "publish_file",
    "publish_rulebook",
    "remove_rule",
    "report_post",
    "shipped_netiquette",
]
