"""Writes one checked thread: topic, posts, reply edges, tags, solution, closure, pin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, update

from app.core.db import Base, db
from app.core.text import PIPELINE_VERSION
from app.forum.archive import queries
from app.forum.archive.checked import CheckedPost, CheckedThread
from app.forum.archive.people import People
from app.forum.archive.places import Place, Places
from app.forum.archive.refusal import Refusal
from app.forum.models import HTML_LENGTH, Acceptance, Closure, Pin

ROWS = 200  # posts per statement: 20 MB of text at most, well within PostgreSQL's time limit

Row = TypeVar("Row")

# Tables instead of classes: no ORM between the line and the database halves the time.
TOPIC, POST = Base.metadata.tables["topic"], Base.metadata.tables["post"]
ADD_TOPIC = insert(TOPIC).returning(TOPIC.c.id)
ADD_POSTS = insert(POST).returning(POST.c.id, sort_by_parameter_order=True)
ADD_TAGS = insert(Base.metadata.tables["topic_tag"])
SET_PARENT = (
    update(POST).where(POST.c.id == bindparam("post")).values(parent_id=bindparam("parent"))
)
SET_LAST_POST = (
    update(TOPIC).where(TOPIC.c.id == bindparam("topic")).values(last_post_id=bindparam("post"))
)


class Writer:
    """Writes the threads of one source; must be called inside transaction()."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.people = People(source)
        self.places = Places()
        self._taken: set[str] = set()

    def prepare(self, threads: Sequence[CheckedThread]) -> None:
        """Look up what is there already, once for all threads of the transaction."""
        posts = [post.source_id for thread in threads for post in thread.posts]
        self._taken = queries.known_posts(self.source, posts)
        self.people.look_up(threads)
        self.places.look_again()

    def write(self, thread: CheckedThread, htmls: Sequence[str]) -> int:
        """Return the new topic's id. Raises Refusal before anything is written.

        A savepoint goes around each call: after any other error nothing of the thread is there.
        """
        self._check(thread, htmls)
        try:
            with db.session.begin_nested():
                topic_id = self._write(thread, htmls)
        except BaseException:
            self.people.forget()
            self.places.forget()
            raise
        self._taken.update(post.source_id for post in thread.posts)
        return topic_id

    def _check(self, thread: CheckedThread, htmls: Sequence[str]) -> None:
        for post, html in zip(thread.posts, htmls, strict=True):
            if post.source_id in self._taken:
                reason = "Another topic of this source has a post with this id."
                raise Refusal(reason, post_id=post.given_id)
            if len(html) > HTML_LENGTH:
                raise Refusal("The post is too large once it is HTML.", post_id=post.given_id)

    def _write(self, thread: CheckedThread, htmls: Sequence[str]) -> int:
        place = self.places.board(thread.category, thread.audience)
        authors = self.people.ids(thread)
        row = {**_topic_row(thread, place, authors), "source": self.source}
        topic_id = int(db.session.execute(ADD_TOPIC, row).scalar_one())
        post_ids = self._add_posts(thread, topic_id, authors, htmls)
        _link(thread, post_ids)
        _set_last_post(thread, topic_id, post_ids)
        _add_marks(thread, topic_id, post_ids)
        self._tag(thread, topic_id)
        return topic_id

    def _add_posts(
        self,
        thread: CheckedThread,
        topic_id: int,
        authors: Mapping[str, int],
        htmls: Sequence[str],
    ) -> list[int]:
        rows = [
            {
                **_post_row(post),
                "topic_id": topic_id,
                "author_id": authors[post.author],
                "position": position,
                "html": html,
                "source": self.source,
            }
            for position, (post, html) in enumerate(zip(thread.posts, htmls, strict=True), 1)
        ]
        ids: list[int] = []
        for part in _parts(rows):
            ids += db.session.execute(ADD_POSTS, part).scalars()
        return ids

    def _tag(self, thread: CheckedThread, topic_id: int) -> None:
        if thread.tags:
            ids = self.places.tag_ids(thread.tags)
            rows = [
                {"topic_id": topic_id, "tag_id": ids[name], "position": position}
                for position, name in enumerate(thread.tags)
            ]
            db.session.execute(ADD_TAGS, rows)


def _topic_row(thread: CheckedThread, place: Place, authors: Mapping[str, int]) -> dict[str, Any]:
    """With the counters as recount.py defines them, so that they are right at every moment."""
    counted = [post for post in thread.posts if post.is_counted]
    last = counted[-1] if counted else None
    return {
        "board_id": place.id,
        "audience": place.audience,
        "author_id": authors[thread.posts[0].author],
        "kind": thread.kind,
        "title": thread.title,
        "state": thread.state,
        "language": thread.language,
        "created_at": thread.created_at,
        "last_post_at": last.created_at if last else thread.created_at,
        "last_author_id": authors[last.author] if last else None,
        "posts_count": len(counted),
        "answers_count": sum(post.kind == "answer" for post in counted),
        "score": sum(post.score for post in thread.posts if post.state == "visible"),
        "solved": thread.solution is not None and thread.posts[thread.solution].is_counted,
        "views": thread.views,
        "closed": thread.closed,
        "pinned": thread.pinned,
        "source_id": thread.source_id,
        "imported": _with_category(thread, place),
    }


def _with_category(thread: CheckedThread, place: Place) -> dict[str, Any]:
    if place.name == thread.given_category:
        return thread.imported
    return {"given": {**thread.imported.get("given", {}), "category": thread.given_category}}


def _post_row(post: CheckedPost) -> dict[str, Any]:
    return {
        "kind": post.kind,
        "state": post.state,
        "format": post.format,
        "text": post.text,
        "html_version": PIPELINE_VERSION,
        "imported_score": post.score,
        "created_at": post.created_at,
        "edited_at": post.edited_at,
        "source_id": post.source_id,
        "imported": post.imported,
    }


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


def _link(thread: CheckedThread, post_ids: Sequence[int]) -> None:
    """Afterwards, because a post may answer a later one."""
    rows = [
        {"post": post_ids[number], "parent": post_ids[post.parent]}
        for number, post in enumerate(thread.posts)
        if post.parent is not None
    ]
    if rows:
        db.session.connection().execute(SET_PARENT, rows)


def _set_last_post(thread: CheckedThread, topic_id: int, post_ids: Sequence[int]) -> None:
    counted = [number for number, post in enumerate(thread.posts) if post.is_counted]
    if counted:
        row = {"topic": topic_id, "post": post_ids[counted[-1]]}
        db.session.connection().execute(SET_LAST_POST, row)


def _add_marks(thread: CheckedThread, topic_id: int, post_ids: Sequence[int]) -> None:
    """Who accepted, closed or pinned, and when, no archive says."""
    if thread.solution is not None:
        row = {"topic_id": topic_id, "post_id": post_ids[thread.solution], "position": 1}
        db.session.execute(insert(Acceptance), row)
    if thread.closed:
        db.session.execute(insert(Closure), {"topic_id": topic_id})
    if thread.pinned:
        db.session.execute(insert(Pin), {"topic_id": topic_id})
