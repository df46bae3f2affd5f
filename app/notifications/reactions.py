"""Who is told when something happens. Everything here is safe to run twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.accounts import queries as accounts
from app.accounts.rules import name_key
from app.core import jobs
from app.core.mail import post
from app.core.text import mentions
from app.forum import queries as forum
from app.moderation import queries as moderation
from app.notifications import actions, mails, queries
from app.notifications.models import SUBJECTS

MENTIONS_MAX = 10  # of one post; more is an appeal to everybody, not to somebody
WATCHERS_AT_ONCE = 100  # each is one look at the rights, within one transaction

#: Which wish of a person decides about a mail; a comment is asked for together with answers. Letters
#: about the own posts and objections are owed (Art. 17 and 20 DSA), so nobody can switch them off.
WISHES = {
    "answer": "answer",
    "comment": "answer",
    "mention": "mention",
    "acceptance": "acceptance",
    "official": "acceptance",
    "article": "acceptance",
    "report_outcome": "standing",
    "nomination": "standing",
    "superuser": "standing",
    "rank": "standing",
}
OWED = ("decision", "appeal_decided")


def tell_about_answer(*, post_id: int) -> None:
    """One transaction for both, so that a watcher who is mentioned is told of the mention."""
    tell_mentioned(post_id=post_id)
    tell_watchers(post_id=post_id)


def tell_mentioned(*, post_id: int) -> None:
    """Everybody whose @name stands in a new post."""
    found = queries.published_post(post_id)
    if found is not None:
        keys = [name_key(name) for name in mentions(found.text)[:MENTIONS_MAX]]
        _tell(found, "mention", accounts.ids_by_name_keys(keys))


def tell_watchers(*, post_id: int, after: int = 0) -> None:
    """Everybody who follows the topic, some at a time, by account id; the rest in a further job."""
    found = queries.published_post(post_id)
    if found is not None:
        waiting = sorted(i for i in forum.watchers(found.topic_id) if i > after)
        now = waiting[:WATCHERS_AT_ONCE]
        _tell(found, found.kind, now)
        if len(waiting) > len(now):
            jobs.enqueue(tell_watchers, post_id=post_id, after=now[-1])


def tell_helper(*, post_id: int, topic_id: int, author_id: int, actor_id: int) -> None:
    """The author of an accepted answer, unless they accepted it themselves."""
    if author_id != actor_id:
        to = queries.readers_among([author_id], post_id)
        new = actions.tell(
            to, kind="acceptance", post_id=post_id, topic_id=topic_id, actor_id=actor_id
        )
        _enqueue_mail(new, "acceptance", post_id)


def tell_official(*, post_id: int, topic_id: int, author_id: int, actor_id: int) -> None:
    """The author of an answer behind which the team stands, unless it is their own mark."""
    if author_id != actor_id:
        to = queries.readers_among([author_id], post_id)
        new = actions.tell(
            to, kind="official", post_id=post_id, topic_id=topic_id, actor_id=actor_id
        )
        _enqueue_mail(new, "official", post_id)


def tell_author_of_decision(*, decision_id: int) -> None:
    told = moderation.decision_for_author(decision_id)
    if told is not None:
        _tell_of([told.author_id], "decision", decision_id)


def tell_reporters(*, decision_id: int) -> None:
    """What became of their report, once the staff has decided; whoever decided knows."""
    decision = moderation.decision_row(decision_id)
    if decision is not None and not decision.provisional:
        reporters = moderation.reporters_of(decision.case_id)
        _tell_of([i for i in reporters if i != decision.decided_by], "report_outcome", decision_id)


def tell_appeal_decided(*, appeal_id: int, author_id: int) -> None:
    _tell_of([author_id], "appeal_decided", appeal_id)


def tell_invited(*, nomination_id: int, account_id: int) -> None:
    _tell_of([account_id], "nomination", nomination_id)


def tell_superuser(*, term_id: int, account_id: int) -> None:
    _tell_of([account_id], "superuser", term_id)


def tell_rank(*, rank_id: int, account_id: int) -> None:
    """Once per rank: who falls back and climbs again knows it already."""
    _tell_of([account_id], "rank", rank_id)


def tell_credited(*, article_id: int, credit_account_id: int | None, actor_id: int) -> None:
    """The helper whose answer became an article: of its first publication only."""
    if credit_account_id is not None and credit_account_id != actor_id:
        _tell_of([credit_account_id], "article", article_id)


@jobs.outside
def mail_subject(*, account_id: int, kind: str, subject_id: int) -> None:
    """The mail about something else than a post, if the person may (still) know of it."""
    viewer = accounts.actor_by_id(account_id)
    recipient = accounts.mail_recipient(account_id)
    if viewer is None or recipient is None or not _wants(account_id, kind):
        return
    subject = queries.subject(viewer, SUBJECTS[kind], subject_id)
    if subject is not None and mails.is_due(kind, subject):
        post(mails.about_subject(kind, subject, recipient, account_id))


@jobs.outside
def mail_notice(*, account_id: int, kind: str, post_id: int) -> None:
    """Send what is in the inbox also by mail, if the person wants it and may still read it."""
    viewer = accounts.actor_by_id(account_id)
    recipient = accounts.mail_recipient(account_id)
    if viewer is None or recipient is None or not _wants(account_id, kind):
        return
    found = forum.visible_post(post_id, viewer)
    actor_name = queries.told_by(account_id, kind, post_id)
    # Staff and authors can read what is hidden, but nobody should get it by mail.
    if found is not None and found.state == "visible" and actor_name is not None:
        post(mails.about_post(found, kind, recipient, actor_name, account_id))


def _tell(found: Any, kind: str, account_ids: Iterable[int]) -> None:
    """The author knows; who already has a notice of this post gets no second one."""
    candidates = set(account_ids) - {found.author_id} - queries.told_about(found.id)
    new = actions.tell(
        queries.readers_among(candidates, found.id),
        kind=kind,
        post_id=found.id,
        topic_id=found.topic_id,
        actor_id=found.author_id,
    )
    _enqueue_mail(new, kind, found.id)


def _enqueue_mail(account_ids: Iterable[int], kind: str, post_id: int) -> None:
    for account_id in account_ids:
        jobs.enqueue(mail_notice, account_id=account_id, kind=kind, post_id=post_id)


def _tell_of(account_ids: Iterable[int], kind: str, subject_id: int) -> None:
    """Only those who may know of it: a subject of theirs, and an account that still lives."""
    people = accounts.actors_by_ids(account_ids)
    may_know = [
        i
        for i, person in sorted(people.items())
        if queries.subject(person, SUBJECTS[kind], subject_id) is not None
    ]
    for account_id in actions.tell_of(may_know, kind=kind, subject_id=subject_id):
        jobs.enqueue(mail_subject, account_id=account_id, kind=kind, subject_id=subject_id)


def _wants(account_id: int, kind: str) -> bool:
    return kind in OWED or accounts.wants_mail(account_id, WISHES[kind])
