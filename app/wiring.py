"""What happens when: the only place that knows who reacts. The order here is the order that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.core.events import Handlers, Reaction
from app.forum import events as forum

#: Reactions to each event; `now` runs in the same transaction, `later` as a job.
HANDLERS: Handlers = {
    forum.PostSubmitted: (),
    forum.TopicPublished: (),
    forum.AnswerPublished: (),
    forum.AnswerAccepted: (),
    forum.AcceptanceWithdrawn: (),
    forum.PostVoted: (),
    forum.VoteWithdrawn: (),
}

#: Asked before something is written: allow, hold, or refuse with a sentence for the field.
GATES: Mapping[str, Sequence[Callable[..., Any]]] = {"post.submit": ()}

#: Places where a lower page shows upper content: fill(viewer, things) → {id: data}.
SLOTS: Mapping[str, Sequence[Callable[..., Any]]] = {"topic.aside": (), "ask.answers": ()}


def job_calls() -> dict[str, Callable[..., None]]:
    """Everything that may run as a job, by name."""
    return {}
