"""Writes one checked thread: topic, posts, reply edges, tags, solution, closure, pin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import insert, update

from app.core.db import db
from app.core.text import PIPELINE_VERSION
from app.forum.archive import queries
from app.forum.archive.checked import CheckedThread
from app.forum.archive.people import People
from app.forum.archive.places import Place, Places
from app.forum.archive.refusal import Refusal
from app.forum.models import HTML_LENGTH, Acceptance, Closure, Pin, Post, Topic, TopicTag

ROWS = 200  # posts per statement: 20 MB of text at most, well within PostgreSQL's time limit

Row = TypeVar("Row")


class Writer:
    """Writes the threads of one source; must be called inside transaction()."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.people = People(source)
        self.places = Places()

    def forget(self) -> None:
        """After a rollback: what was remembered may be gone."""
        self.people.forget()
        self.places.forget()

    def write(self, thread: CheckedThread, htmls: Sequence[str]) -> int:
        """Return the new topic's id. Raises Refusal before anything is written."""
        self._check(thread, htmls)
        place = self.places.board(thread.category)
        authors = self.people.ids(thread)
        topic_id = self._add_topic(thread, place, authors)
        post_ids = self._add_posts(thread, topic_id, authors, htmls)
        _link(thread, post_ids)
        _finish_topic(thread, topic_id, post_ids, authors)
        _add_marks(thread, topic_id, post_ids)
        self._tag(thread, topic_id)
        return topic_id

    def _check(self, thread: CheckedThread, htmls: Sequence[str]) -> None:
        taken = queries.known_post(self.source, [post.source_id for post in thread.posts])
        if taken is not None:
            given = next(post for post in thread.posts if post.source_id == taken).given_id
            raise Refusal("Another topic of this source has a post with this id.", post_id=given)
        for post, html in zip(thread.posts, htmls, strict=True):
            if len(html) > HTML_LENGTH:
                raise Refusal("The post is too large once it is HTML.", post_id=post.given_id)

    def _add_topic(self, thread: CheckedThread, place: Place, authors: Mapping[str, int]) -> int:
        imported = thread.imported
        if place.name != thread.given_category:
            given = {**imported.get("given", {}), "category": thread.given_category}
            imported = {"given": given}
        statement = insert(Topic).values(
            board_id=place.id,
            audience=place.audience,
            author_id=authors[thread.posts[0].author],
            kind=thread.kind,
            title=thread.title,
            state=thread.state,
            language=thread.language,
            created_at=thread.created_at,
            last_post_at=thread.created_at,
            views=thread.views,
            closed=thread.closed,
            pinned=thread.pinned,
            source=self.source,
            source_id=thread.source_id,
            imported=imported,
        )
        return db.session.execute(statement.returning(Topic.id)).scalar_one()

    def _add_posts(
        self,
        thread: CheckedThread,
        topic_id: int,
        authors: Mapping[str, int],
        htmls: Sequence[str],
    ) -> list[int]:
        rows: list[dict[str, Any]] = [
            {
                "topic_id": topic_id,
                "author_id": authors[post.author],
                "kind": post.kind,
                "position": position,
                "state": post.state,
                "format": post.format,
                "text": post.text,
                "html": html,
                "html_version": PIPELINE_VERSION,
                "imported_score": post.score,
                "created_at": post.created_at,
                "edited_at": post.edited_at,
                "source": self.source,
                "source_id": post.source_id,
                "imported": post.imported,
            }
            for position, (post, html) in enumerate(zip(thread.posts, htmls, strict=True), 1)
        ]
        statement = insert(Post).returning(Post.id, sort_by_parameter_order=True)
        return [
            post_id
            for part in _parts(rows)
            for post_id in db.session.execute(statement, part).scalars()
        ]

    def _tag(self, thread: CheckedThread, topic_id: int) -> None:
        if thread.tags:
            ids = self.places.tag_ids(thread.tags)
            rows = [
                {"topic_id": topic_id, "tag_id": ids[name], "position": position}
                for position, name in enumerate(thread.tags)
            ]
            db.session.execute(insert(TopicTag), rows)


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


def _link(thread: CheckedThread, post_ids: Sequence[int]) -> None:
    """Afterwards, because a post may answer a later one."""
    rows = [
        {"id": post_ids[number], "parent_id": post_ids[post.parent]}
        for number, post in enumerate(thread.posts)
        if post.parent is not None
    ]
    if rows:
        db.session.execute(update(Post), rows)


def _finish_topic(
    thread: CheckedThread, topic_id: int, post_ids: Sequence[int], authors: Mapping[str, int]
) -> None:
    """The counters as recount.py defines them, so that they are right at every moment."""
    counted = [number for number, post in enumerate(thread.posts) if post.is_counted]
    values: dict[str, Any] = {
        "posts_count": len(counted),
        "answers_count": sum(thread.posts[number].kind == "answer" for number in counted),
        "score": sum(post.score for post in thread.posts if post.state == "visible"),
        "solved": thread.solution is not None and thread.posts[thread.solution].is_counted,
    }
    if counted:
        last = thread.posts[counted[-1]]
        values["last_post_id"] = post_ids[counted[-1]]
        values["last_post_at"] = last.created_at
        values["last_author_id"] = authors[last.author]
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(values))


def _add_marks(thread: CheckedThread, topic_id: int, post_ids: Sequence[int]) -> None:
    """Who accepted, closed or pinned, and when, no archive says."""
    if thread.solution is not None:
        row = {"topic_id": topic_id, "post_id": post_ids[thread.solution], "position": 1}
        db.session.execute(insert(Acceptance), row)
    if thread.closed:
        db.session.execute(insert(Closure), {"topic_id": topic_id})
    if thread.pinned:
        db.session.execute(insert(Pin), {"topic_id": topic_id})
