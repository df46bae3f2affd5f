"""Canned replies where somebody of the team answers: the picker, and the text filled in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from app.accounts.actor import Actor
from app.core.numbers import ID_DIGITS, whole
from app.desk import queries, rules
from app.desk.placeholders import fill


def reply_picker(viewer: Actor, topics: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "answer.tools": the replies on offer, those in the topic's language first."""
    if not rules.can_use_replies(viewer):
        return {}
    return {topic.id: picker_of(topic) for topic in topics}


def picker_of(topic: Any) -> dict[str, Any]:
    return {
        "template": "desk/_reply_picker.html",
        "topic_id": topic.id,
        "groups": grouped(queries.replies_on_offer(topic.language)),
    }


def grouped(replies: Sequence[Any]) -> list[tuple[str, str, list[Any]]]:
    """(language, address, those for both), in the order in which they come."""
    groups = groupby(replies, key=lambda reply: (reply.language, reply.address))
    return [(language, address, list(some)) for (language, address), some in groups]


def insert_reply(viewer: Actor, drafts: Sequence[Any]) -> dict[int, str]:
    """Slot "answer.insert": what was typed with the chosen reply below it.

    A draft has the topic's id and row, the `text` so far and `chosen`, the number of a reply.
    """
    if not rules.can_use_replies(viewer):
        return {}
    return {draft.id: _inserted(viewer, draft) for draft in drafts}


def filled_reply(viewer: Actor, reply: Any, topic: Any) -> str:
    """The reply's words for this topic. Call it for staff and a topic that they may read."""
    return fill(
        reply.text,
        {
            "asker": topic.author_name,
            "agent": viewer.name,
            "topic": topic.title,
            "board": topic.board_name,
        },
    )


def _inserted(viewer: Actor, draft: Any) -> str:
    """Nothing chosen, or one that is gone: what was typed stays as it is."""
    chosen = whole(draft.chosen, ID_DIGITS)
    reply = queries.reply_on_offer(chosen) if chosen else None
    if reply is None:
        return str(draft.text)
    typed = draft.text.rstrip()
    words = filled_reply(viewer, reply, draft.topic)
    return f"{typed}\n\n{words}" if typed else words
