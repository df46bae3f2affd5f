"""Which kept pages become old by what is written."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.cache import NOWHERE, Shown, by, shown_on

#: Which pages of guests show what a table holds; a page names its versions with @cached. What is
#: written to "site" makes every page old, and so does a table without a line here.
#:
#:   version    pages that depend on it
#:   site       all
#:   settings   none; tells the settings that a process keeps (core/settings.py)
#:   figures    none; the same for what is counted behind the request (core/figures.py)
#:   cases      none; tells the count of waiting cases that a process remembers (core/remembered.py)
#:   lists      home, boards, topics, tags, a member's page
#:   topic:ID   that topic's page
#:   concealed  every topic's page: which topics may be seen at all
#:   people     home (helpers), members, a member's page, the super users' programme
#:   knowledge  the list of articles, an article's page, home (what helps most)
SHOWN: Mapping[str, Shown] = {
    "account": shown_on(
        "site",
        columns={
            **dict.fromkeys(("topics_count", "posts_count", "solutions_count"), ("people",)),
            **dict.fromkeys(("unread_count", "password_hash", "email", "email_key"), ()),
            **dict.fromkeys(("mail_answer", "mail_mention", "mail_acceptance"), ()),
            **dict.fromkeys(("mail_standing", "locale", "signed_in_at"), ()),
        },
    ),
    "setting": shown_on("settings", "site"),
    "figure": shown_on("figures", "lists"),
    "rank": shown_on("site"),
    "document": shown_on("site"),
    **dict.fromkeys(("account_grant", "account_session", "mail_token", "consent"), NOWHERE),
    "invitation": NOWHERE,
    "board": shown_on(
        "site",
        columns=dict.fromkeys(("topics_count", "questions_count", "solved_count"), ("lists",)),
    ),
    # Pages of other topics name it as a similar one.
    "topic": by("topic_id", "lists", also=dict.fromkeys(("state", "audience"), ("concealed",))),
    "similar_topic": NOWHERE,
    **dict.fromkeys(("post", "vote", "acceptance"), by("topic_id", "lists")),
    **dict.fromkeys(("hiding", "closure", "pin"), by("topic_id", "lists")),
    **dict.fromkeys(("tag", "topic_tag"), by("topic_id", "lists")),
    **dict.fromkeys(("watch", "solved_while_asking"), NOWHERE),
    "article": shown_on(
        "site", columns=dict.fromkeys(("helpful_count", "unhelpful_count"), ("knowledge",))
    ),
    "article_revision": shown_on("site"),
    **dict.fromkeys(("suggestion", "article_review"), NOWHERE),
    "article_feedback": shown_on("knowledge"),
    **dict.fromkeys(("point_entry", "standing", "term"), shown_on("people")),
    "rank_criteria": shown_on("site"),
    **dict.fromkeys(("rank_step", "nomination"), NOWHERE),
    **dict.fromkeys(("rulebook", "rule"), shown_on("site")),
    "moderation_case": shown_on("cases"),
    **dict.fromkeys(("report", "notice", "decision", "appeal"), NOWHERE),
    **dict.fromkeys(("notification", "assignment", "note", "canned_reply"), NOWHERE),
    **dict.fromkeys(("event", "job", "sent_form", "api_token"), NOWHERE),
    **dict.fromkeys(("settled_step", "mail_test", "rulebook_draft"), NOWHERE),
    **dict.fromkeys(("search_document", "search_miss", "search_shelf", "search_term"), NOWHERE),
}
