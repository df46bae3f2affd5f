"""Who is told when something happens in the forum. Everything here is safe to run twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.accounts import queries as accounts
from app.accounts.rules import name_key
from app.core import jobs
from app.core.mail import Letter, link, one_line, post
from app.core.text import excerpt, mentions, plain
from app.forum import queries as forum
from app.notifications import actions, queries

MENTIONS_MAX = 10  # of one post; more is an appeal to everybody, not to somebody
WATCHERS_AT_ONCE = 100  # each is one look at the rights, within one transaction
EXCERPT_LENGTH = 300

#: Which wish of a person decides about a mail; a comment is asked for together with answers.
WISHES = {
    "answer": "answer",
    "comment": "answer",
    "mention": "mention",
    "acceptance": "acceptance",
}


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


@jobs.outside
def mail_notice(*, account_id: int, kind: str, post_id: int) -> None:
    """Send what is in the inbox also by mail, if the person wants it and may still read it."""
    viewer = accounts.actor_by_id(account_id)
    recipient = accounts.mail_recipient(account_id)
    if viewer is None or recipient is None or not accounts.wants_mail(account_id, WISHES[kind]):
        return
    found = forum.visible_post(post_id, viewer)
    actor_name = queries.told_by(account_id, kind, post_id)
    # Staff and authors can read what is hidden, but nobody should get it by mail.
    if found is not None and found.state == "visible" and actor_name is not None:
        post(_letter(found, kind, recipient, actor_name, account_id))


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


def _letter(found: Any, kind: str, recipient: Any, actor_name: str, account_id: int) -> Letter:
    text = excerpt(plain(found.html or ""), EXCERPT_LENGTH)
    return Letter(
        kind=kind,
        to=recipient.email,
        locale=recipient.locale,
        values={
            "recipient": one_line(recipient.name),
            "url": link("forum.post", id=found.id),
            "topic_title": one_line(found.topic_title, len(found.topic_title)),
            "actor_name": one_line(actor_name),
            "excerpt": one_line(text, EXCERPT_LENGTH),
        },
        message_id=f"{kind}-{found.id}-{account_id}",
        settings_url=link("accounts.settings"),
        thread=f"topic-{found.topic_id}",
    )
