"""Rows of some topics → their lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from app.accounts.actor import Actor
from app.forum.archive.columns import Fields, post_fields, topic_fields, usual_kind
from app.forum.archive.export import rows
from app.forum.archive.export.labels import Ids
from app.forum.archive.export.restoring import OF_POSTS, OF_TOPICS, restored, same_reference


@dataclass(frozen=True)
class Writer:
    """Writes lines for guests, or of everything. `names` are the authors', by account."""

    everything: bool
    topic_ids: Ids
    post_ids: Ids
    names: Mapping[int, str]

    def lines(self, topics: Sequence[Any]) -> list[Fields]:
        """A topic without a readable question has no line: its first answer would become one."""
        ids = [topic.id for topic in topics]
        tags, solutions = rows.tags_of(ids), rows.solutions_of(ids)
        posts = rows.posts_of(ids, everything=self.everything)
        threads: dict[int, list[Any]] = defaultdict(list)
        for post in posts:
            threads[post.topic_id].append(post)
        topic_ids, post_ids = self.topic_ids.of(topics), self.post_ids.of(posts)
        return [
            self._line(
                topic,
                _as_seen(topic, threads[topic.id]),
                {"thread_id": topic_ids[topic.id], "tags": tags.get(topic.id, [])},
                post_ids,
                solutions.get(topic.id),
            )
            for topic in topics
            if any(post.position == 1 for post in threads[topic.id])
        ]

    def _line(
        self,
        topic: Any,
        posts: Sequence[Any],
        values: Mapping[str, Any],
        labels: Mapping[int, Any],
        solution: int | None,
    ) -> Fields:
        lines = self._posts(posts, labels)
        by_id = {post.id: line["post_id"] for post, line in zip(posts, lines, strict=True)}
        columns = topic_fields(
            **values,
            title=topic.title,
            category=topic.category,
            accepted_post_id=None if solution is None else by_id.get(solution),
            created_at=topic.created_at,
            begun_at=posts[0].created_at,
            views=topic.views,
            closed=topic.closed,
            pinned=topic.pinned,
            kind=topic.kind,
            audience=topic.audience,
        )
        answers = {str(by_id[post.id]) for post in posts if post.kind == "answer"}
        nowhere = same_reference(
            "accepted_post_id", lambda value: self.everything and value not in answers
        )
        checks = {**OF_TOPICS, "accepted_post_id": nowhere}
        return restored(columns, topic, checks, everything=self.everything) | {"posts": lines}

    def _posts(self, posts: Sequence[Any], labels: Mapping[int, Any]) -> list[Fields]:
        """In two rounds: an answer names the post above it as that one's own line does."""
        own = {post.id: _own_id(post, labels[post.id]) for post in posts}
        return [self._post(post, own) for post in posts]

    def _post(self, post: Any, own: Mapping[int, Any]) -> Fields:
        given = (post.imported or {}).get("given", {})
        action = given.get("action")
        columns = post_fields(
            post_id=own[post.id],
            author=self._author(post),
            created_at=post.created_at,
            reply_to=own.get(post.parent_id),
            likes=post.likes,
            format=post.format,
            text=post.text,
            edited_at=post.edited_at,
            state=post.state,
            kind=post.kind,
            usual_kind=usual_kind(is_first=post.position == 1, action=action, text=post.text),
        )
        if post.source is None and Actor(id=post.author_id, role=post.author_role).is_staff:
            columns["staff"] = True
        # What a post answers never changes, so an edge that was cut once is still cut.
        checks = {**OF_POSTS, "reply_to": same_reference("reply_to", lambda _: self.everything)}
        return restored(columns, post, checks, everything=self.everything)

    def _author(self, post: Any) -> str:
        """Guests see the name that somebody has here, never the one from an archive."""
        return self.names[post.author_id] if self.everything else str(post.author_name)


def _own_id(post: Any, label: Any) -> Any:
    """As a number where it came as one."""
    given = (post.imported or {}).get("given", {}).get("post_id", label)
    return given if str(given) == str(label) else label


def _as_seen(topic: Any, posts: Sequence[Any]) -> list[Any]:
    """A first post is as visible as its topic."""
    seen = [SimpleNamespace(**post._mapping) for post in posts]
    if seen and topic.state != "visible":
        seen[0].state = topic.state
    return seen
