"""Opening a topic: a question or a discussion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.actor import Actor
from app.core import clock, gates
from app.core.db import db, insert_once
from app.core.events import record
from app.core.rules import require
from app.forum import queries, rules
from app.forum.actions.writing import add_post, start_watching
from app.forum.events import PostSubmitted, TopicPublished
from app.forum.models import Post, Tag, Topic, TopicTag


def ask(
    actor: Actor,
    *,
    board: Any,
    kind: str,
    title: str,
    text: str,
    html: str,
    tags: Sequence[str] = (),
    language: str = "de",
) -> Post:
    """Open a topic in `board` and return its first post, which a gate may hold.

    `html` is core.text.render(text), made before the transaction. Raises Forbidden, or Refused
    with the sentence of a gate.
    """
    board = queries.board_to_ask_in(board.id)  # it may be for others than when the form was shown
    require(rules.can_ask(actor, board))
    held = gates.must_hold("post.submit", actor=actor, board=board, title=title, text=text)
    topic = _add_topic(actor, board=board, kind=kind, title=title, language=language, held=held)
    _tag(topic.id, tags)
    post = add_post(actor, topic_id=topic.id, kind="question", text=text, html=html, held=False)
    start_watching(actor, topic.id)
    record(PostSubmitted(post_id=post.id, topic_id=topic.id, author_id=post.author_id, held=held))
    if not held:
        record(
            TopicPublished(
                topic_id=topic.id, post_id=post.id, board_id=board.id, author_id=post.author_id
            )
        )
    return post


def _add_topic(
    actor: Actor, *, board: Any, kind: str, title: str, language: str, held: bool
) -> Topic:
    moment = clock.now()
    topic = Topic(
        board_id=board.id,
        author_id=actor.id,
        kind=kind,
        title=title,
        state="held" if held else "visible",
        audience=board.audience,
        language=language,
        created_at=moment,
        last_post_at=moment,
        last_author_id=actor.id,
    )
    db.session.add(topic)
    db.session.flush()
    return topic


def _tag(topic_id: int, names: Sequence[str]) -> None:
    for position, name in enumerate(dict.fromkeys(names)):
        insert_once(Tag, name=name)
        insert_once(TopicTag, topic_id=topic_id, tag_id=queries.tag_id(name), position=position)
