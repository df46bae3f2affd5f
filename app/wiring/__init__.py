"""What happens when: the only place that knows who reacts, in the order that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.accounts import events as accounts
from app.accounts import reactions as people
from app.accounts import upkeep as accounts_upkeep
from app.administration import events as administration
from app.administration.reactions import send_test_letter
from app.core import tidy
from app.core.events import Handlers, later, now
from app.core.inbox import Source
from app.core.jobs import Call, Tick, calls_by_name
from app.core.search import Searchable, count_misses, mend_index
from app.demo import moving_in
from app.demo.greeting import sign_in_accounts
from app.desk import events as desk
from app.desk import upkeep as desk_upkeep
from app.desk.display import insert_reply, reply_picker, topic_strip
from app.desk.gates import refuse_open_placeholders
from app.desk.inbox import inbox_items as failed_jobs
from app.desk.reactions import release_leaver
from app.forum import events as forum
from app.forum import upkeep as forum_upkeep
from app.forum.activity import member_activity
from app.forum.inbox import inbox_items as unanswered_questions
from app.forum.reactions import (
    count_authors,
    count_board,
    count_member,
    find_similar,
    index_board,
    index_topic,
)
from app.forum.search import TOPICS, likely_topics
from app.knowledge import events as knowledge
from app.knowledge import upkeep as knowledge_upkeep
from app.knowledge.actions import narrow_articles, suggest_solution
from app.knowledge.display import at_desk as knowledge_at_desk
from app.knowledge.display import beside_topics, on_home
from app.knowledge.inbox import inbox_items as articles_to_make
from app.knowledge.reactions import index_article, index_articles_of_board
from app.knowledge.search import ARTICLES, likely_articles
from app.moderation import events as moderation
from app.moderation import reactions as order
from app.moderation.display import at_desk as cases_at_desk
from app.moderation.display import post_actions, rules_of_document
from app.moderation.gates import hold_newcomers
from app.moderation.inbox import inbox_items as cases_to_decide
from app.notifications import reactions as notifications
from app.notifications import upkeep as notifications_upkeep
from app.superusers import events as superusers
from app.superusers import reactions as programme
from app.superusers import upkeep as superusers_upkeep
from app.superusers.actions import conceal_points, end_due_terms, reveal_points
from app.superusers.display import at_desk as nominations_at_desk
from app.superusers.display import own_way, thanked_people
from app.superusers.inbox import inbox_items as nominations_to_decide
from app.wiring.shown import SHOWN as SHOWN

#: What each event leads to; `now` runs in the same transaction, `later` as a job. An action that asks
#: nobody and takes the event's fields as they are stands here itself.
HANDLERS: Handlers = {
    accounts.AccountRegistered: (later(people.send_link, "account_id"),),
    accounts.KnownAddressUsed: (later(people.tell_known_address, "account_id"),),
    accounts.LinkRequested: (later(people.send_link, "account_id"),),
    **dict.fromkeys((accounts.AccountConfirmed, accounts.AccountCreated, accounts.SignedIn), ()),
    **dict.fromkeys((accounts.GrantGiven, accounts.GrantRevoked, accounts.RankChanged), ()),
    **dict.fromkeys((accounts.ApiTokenMade, accounts.ApiTokenRevoked), ()),
    **dict.fromkeys((accounts.DocumentPublished, accounts.TeamInvitationWithdrawn), ()),
    accounts.PasswordChanged: (later(people.tell_password_changed, "account_id"),),
    accounts.RoleChanged: (
        now(programme.end_term_with_role, "account_id", "role", "actor_id"),
        now(release_leaver, "account_id", "role", "actor_id"),
        later(people.tell_role_changed, "account_id", "role", "before"),
    ),
    accounts.TeamInvitationSent: (later(people.send_invitation, "invitation_id"),),
    accounts.TeamInvitationAccepted: (later(people.tell_inviter, "invitation_id"),),
    forum.PostSubmitted: (now(order.review_held, "post_id", "held"),),
    forum.TopicPublished: (
        later(index_topic, "topic_id"),
        later(count_board, "topic_id"),
        later(count_member, account_id="author_id"),
        later(notifications.tell_mentioned, "post_id"),
    ),
    forum.AnswerPublished: (
        later(index_topic, "topic_id"),
        later(count_member, account_id="author_id"),
        later(notifications.tell_about_answer, "post_id"),
    ),
    forum.AnswerAccepted: (
        now(
            programme.award_acceptance,
            "acceptance_id",
            "post_id",
            "topic_id",
            "author_id",
            "actor_id",
        ),
        later(index_topic, "topic_id"),
        later(count_board, "topic_id"),
        later(count_member, account_id="author_id"),
        later(notifications.tell_helper, "post_id", "topic_id", "author_id", "actor_id"),
        later(suggest_solution, "topic_id"),
    ),
    forum.AcceptanceWithdrawn: (
        now(programme.reverse_acceptance, "acceptance_id", "author_id"),
        later(index_topic, "topic_id"),
        later(count_board, "topic_id"),
        later(count_member, account_id="author_id"),
        later(suggest_solution, "topic_id"),
    ),
    forum.PostConcealed: (
        now(conceal_points, "post_id", account_id="author_id"),
        later(index_topic, "topic_id"),
        later(count_board, "topic_id"),
        later(count_member, account_id="author_id"),
        later(suggest_solution, "topic_id"),
    ),
    forum.PostRevealed: (
        now(reveal_points, "post_id", account_id="author_id"),
        later(index_topic, "topic_id"),
        later(count_board, "topic_id"),
        later(count_member, account_id="author_id"),
        later(suggest_solution, "topic_id"),
    ),
    forum.AnswerMadeOfficial: (
        later(notifications.tell_official, "post_id", "topic_id", "author_id", "actor_id"),
    ),
    forum.OfficialMarkWithdrawn: (),
    forum.PostVoted: (
        now(programme.award_vote, "vote_id", "post_id", "topic_id", "author_id", "actor_id"),
    ),
    forum.VoteWithdrawn: (now(programme.reverse_vote, "vote_id", "author_id"),),
    **dict.fromkeys((forum.BoardCreated, forum.BoardChanged, forum.BoardMoved), ()),
    forum.BoardAudienceChanged: (
        now(narrow_articles, "board_id", "audience"),
        later(index_board, "board_id"),
        later(index_articles_of_board, "board_id"),
        later(count_authors, "board_id"),
    ),
    moderation.CaseOpened: (),
    **dict.fromkeys((moderation.NetiquetteDrafted, moderation.NetiquettePublished), ()),
    moderation.PostReported: (),
    moderation.NoticeReceived: (later(order.send_receipt, "notice_id"),),
    moderation.DecisionMade: (
        later(notifications.tell_author_of_decision, "decision_id"),
        later(notifications.tell_reporters, "decision_id"),
        later(order.tell_notice_senders, "decision_id"),
    ),
    moderation.AppealFiled: (),
    moderation.AppealDecided: (later(notifications.tell_appeal_decided, "appeal_id", "author_id"),),
    knowledge.AnswerSuggested: (),
    knowledge.SuggestionDeclined: (),
    knowledge.ArticleSentToReview: (),
    knowledge.ArticlePublished: (
        later(index_article, "article_id"),
        later(notifications.tell_credited, "article_id", "credit_account_id", "actor_id"),
    ),
    knowledge.ArticleArchived: (later(index_article, "article_id"),),
    knowledge.ArticleNarrowed: (),
    superusers.PointsChanged: (later(programme.review_rank, "account_id"),),
    superusers.RankReached: (later(notifications.tell_rank, "rank_id", "account_id"),),
    superusers.NominationOpened: (),
    superusers.NominationConfirmed: (
        later(notifications.tell_invited, "nomination_id", "account_id"),
    ),
    superusers.NominationDeclined: (),
    superusers.InvitationWithdrawn: (),
    superusers.InvitationRefused: (),
    superusers.SuperUserBegan: (later(notifications.tell_superuser, "term_id", "account_id"),),
    superusers.TermRenewed: (),
    superusers.SuperUserEnded: (),
    desk.ThingAssigned: (),
    desk.ThingReleased: (),
    desk.NoteWritten: (),
    **dict.fromkeys((administration.StepSettled, administration.StepReopened), ()),
    administration.MailTestAsked: (later(send_test_letter, "test_id"),),
    administration.MailTestEnded: (),
    administration.SettingsChanged: (),
    administration.TextPublished: (),
    **dict.fromkeys((desk.ReplyWritten, desk.ReplyChanged), ()),
    **dict.fromkeys((desk.ReplyArchived, desk.ReplyRestored), ()),
}

#: Asked before something is written: allow, hold, or refuse with a sentence for the field.
GATES: Mapping[str, Sequence[Callable[..., Any]]] = {
    "post.submit": (hold_newcomers, refuse_open_placeholders),
}

#: Places where a lower page shows upper content: fill(viewer, things) → {id: data}.
SLOTS: Mapping[str, Sequence[Callable[..., Any]]] = {
    "post.actions": (post_actions,),
    "document.body": (rules_of_document,),
    "topic.aside": (beside_topics,),
    "topic.strip": (topic_strip,),
    "home": (thanked_people, on_home),
    "ask.answers": (likely_articles, likely_topics),
    "answer.tools": (reply_picker,),
    "answer.insert": (insert_reply,),
    "desk.thing": (cases_at_desk, knowledge_at_desk, nominations_at_desk),
    "member.activity": (member_activity,),
    "sign_in.aside": (sign_in_accounts,),
    "member.aside": (own_way,),
}

#: What waits for the team, in the order of the desk's filter.
INBOX: Sequence[Source] = (
    cases_to_decide,
    unanswered_questions,
    articles_to_make,
    nominations_to_decide,
    failed_jobs,
)

#: What can be found, in the order of the search page's filter: kind → how it is indexed and shown.
SEARCHABLE: Mapping[str, Searchable] = {"article": ARTICLES, "topic": TOPICS}

#: What actions and reactions enqueue themselves, beyond the later() lines above.
JOBS: Sequence[Call] = (
    notifications.tell_watchers,
    notifications.mail_notice,
    notifications.mail_subject,
    order.send_outcome,
    moving_in.fill,
)

#: Counters of features above the forum, for `flask recount`; each returns how many were wrong.
RECOUNTS: Mapping[str, Callable[[], int]] = {
    "standings": superusers_upkeep.recount,
    "unread notifications": notifications_upkeep.recount,
}

#: Texts besides the posts, for `flask text-rebuild`; each returns how many changed.
RENDERED: Mapping[str, Callable[[], int]] = {
    "public texts": accounts_upkeep.render_documents,
    "article revisions": knowledge_upkeep.render_revisions,
    "notes": desk_upkeep.render_notes,
}

#: Periodic work; each runs as a job without arguments.
TICKS: Sequence[Tick] = (
    Tick(mend_index, timedelta(minutes=1)),
    Tick(find_similar, timedelta(minutes=1)),
    Tick(count_misses, timedelta(minutes=10)),
    Tick(forum_upkeep.count_first_answers, timedelta(minutes=30)),
    Tick(superusers_upkeep.count_thanked, timedelta(hours=1)),
    Tick(knowledge_upkeep.count_helped, timedelta(hours=1)),
    Tick(end_due_terms, timedelta(hours=1)),
    Tick(programme.review_everybody, timedelta(hours=24)),
    Tick(tidy.forget_jobs, timedelta(hours=6)),
    Tick(tidy.forget_events, timedelta(hours=24)),
    Tick(tidy.forget_sent_forms, timedelta(hours=1)),
    Tick(accounts_upkeep.forget_expired, timedelta(hours=24)),
)


#: Names that jobs of earlier versions carry; those that wait during an update are done all the same.
FORMER_NAMES: Mapping[str, Call] = {
    "app.forum.reactions.mend_index": mend_index,
    "app.knowledge.reactions.suggest_article": suggest_solution,
    "app.superusers.reactions.end_due_terms": end_due_terms,
}


def job_calls() -> dict[str, Call]:
    """Everything that may run as a job, by name."""
    reactions = [r.call for line in HANDLERS.values() for r in line if r.in_job]
    return calls_by_name([*reactions, *JOBS, *(tick.call for tick in TICKS)])
