"""What asking and answering share: the post's row, its place, and the topic's counters."""

from __future__ import annotations

from sqlalchemy import update

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, insert_once
from app.core.text import PIPELINE_VERSION
from app.forum import queries
from app.forum.models import Post, Topic, Watch


def add_post(
    actor: Actor,
    *,
    topic_id: int,
    kind: str,
    text: str,
    html: str,
    held: bool,
    parent_id: int | None = None,
) -> Post:
    """Write the row at the topic's next position and count it; the topic must be locked."""
    post = Post(
        topic_id=topic_id,
        author_id=actor.id,
        parent_id=parent_id,
        kind=kind,
        position=queries.next_position(topic_id),
        state="held" if held else "visible",
        text=text,
        html=html,
        html_version=PIPELINE_VERSION,
        created_at=clock.now(),
    )
    db.session.add(post)
    db.session.flush()
    if not held:
        count_post(post)
    return post


def count_post(post: Post) -> None:
    """A post became visible: the topic's counters and its last post follow."""
    db.session.execute(
        update(Topic)
        .where(Topic.id == post.topic_id)
        .values(
            posts_count=Topic.posts_count + 1,
            answers_count=Topic.answers_count + int(post.kind == "answer"),
            last_post_id=post.id,
            last_post_at=post.created_at,
            last_author_id=post.author_id,
        )
    )


def start_watching(actor: Actor, topic_id: int) -> None:
    """Whoever writes in a topic is told about it; a second time changes nothing."""
    insert_once(Watch, topic_id=topic_id, account_id=actor.id, since=clock.now())
