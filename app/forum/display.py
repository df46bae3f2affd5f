"""Rows → what templates show: topics with their status, posts with what the viewer may do."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.accounts.display import Person, person
from app.core.web.converters import slugged
from app.forum import rules

FIRST_ANSWER = "first_answer"  # core.figures: {"minutes", "questions"}, or nothing (upkeep.py)


@dataclass(frozen=True)
class TopicLine:
    """One topic in a list."""

    id: int
    url: str
    title: str
    kind: str
    status: str
    state: str
    board_name: str
    board_slug: str
    author_name: str
    language: str
    created_at: datetime
    last_post_at: datetime
    answers_count: int
    score: int
    closed: bool
    pinned: bool


@dataclass(frozen=True)
class ShownPost:
    """One post on the topic page. `html` is None where the viewer sees only its place."""

    id: int
    kind: str
    position: int
    state: str
    html: str | None
    created_at: datetime
    edited_at: datetime | None
    score: int
    voted: bool
    author: Person | None
    parent_id: int | None
    parent_author: str | None
    can: frozenset[str]
    accepted: bool = False
    official: bool = False
    comments: tuple[ShownPost, ...] = ()
    actions: tuple[Hashable, ...] = ()

    @property
    def url(self) -> str:
        return url_for("forum.post", id=self.id)


@dataclass(frozen=True)
class Around:
    """What a post shows of its topic. `solution_has_place`: the solution stands among the answers
    of this page, too.
    """

    kind: str
    language: str
    author_name: str
    solved_by: str | None
    solved_at: datetime | None
    solution_has_place: bool
    company: str


def topic_url(topic_id: int, title: str) -> str:
    return url_for("forum.topic", id=slugged(topic_id, title))


def post_url(topic: Any, post_id: int, position: int, *, page: int, done: str | None = None) -> str:
    """The place of a post in its topic; `page` is how many posts the first page surely shows.

    `done` is what just happened there (app/pages.py says it).
    """
    values: dict[str, Any] = {"from": position} if position > page else {}
    values |= {"done": done} if done else {}
    return url_for("forum.topic", id=slugged(topic.id, topic.title), **values) + f"#post-{post_id}"


def topic_line(row: Any, viewer: Actor) -> TopicLine:
    return TopicLine(
        id=row.id,
        url=topic_url(row.id, row.title),
        title=row.title,
        kind=row.kind,
        status=status_of(row, viewer),
        state=row.state,
        board_name=row.board_name,
        board_slug=row.board_slug,
        author_name=row.author_name,
        language=row.language,
        created_at=row.created_at,
        last_post_at=row.last_post_at,
        answers_count=row.answers_count,
        score=row.score,
        closed=row.closed,
        pinned=row.pinned,
    )


def status_of(topic: Any, viewer: Actor) -> str:
    """open, team, solved, discussion, notice; "waiting" when the asker's decision is missing."""
    if topic.kind == "announcement":
        return "notice"
    if topic.kind != "question":
        return "discussion"
    if topic.solved:
        return "solved"
    if topic.official:
        return "team"
    asked_by_viewer = viewer.id is not None and topic.author_id == viewer.id
    answered = topic.answers_count > 0 and topic.last_author_id != viewer.id
    return "waiting" if asked_by_viewer and answered else "open"


def shown_post(
    row: Any,
    topic: Any,
    viewer: Actor,
    *,
    accepted_id: int | None,
    comments: Sequence[Any] = (),
    actions: Mapping[int, Sequence[Any]] = MappingProxyType({}),
) -> ShownPost:
    """`actions` is what the slot "post.actions" offers, by post."""
    readable = row.html is not None
    return ShownPost(
        id=row.id,
        kind=row.kind,
        position=row.position,
        state=row.state,
        html=row.html,
        created_at=row.created_at,
        edited_at=row.edited_at,
        score=row.score,
        voted=bool(row.voted),
        author=_author(row) if readable else None,
        parent_id=row.parent_id,
        parent_author=row.parent_author if row.kind != "comment" else None,
        can=_can(row, topic, viewer, accepted_id, len(comments)) if readable else frozenset(),
        accepted=row.id == accepted_id,
        official=bool(row.official),
        comments=tuple(
            shown_post(c, topic, viewer, accepted_id=None, actions=actions) for c in comments
        ),
        actions=tuple(actions.get(row.id, ())),
    )


def _author(row: Any) -> Person:
    return person(
        row.author_name,
        role=row.author_role,
        state=row.author_state,
        name_de=row.name_de,
        name_en=row.name_en,
    )


def _can(
    row: Any, topic: Any, viewer: Actor, accepted_id: int | None, comments: int
) -> frozenset[str]:
    """What the viewer may do with a post, in one word each."""
    if viewer.id is None:
        return frozenset()
    is_solution = row.id == accepted_id
    is_note = row.kind == "note"
    deciding = topic.kind == "question" and topic.author_id == viewer.id
    verdicts = {
        "vote": bool(rules.can_vote(viewer, row)),
        "accept": not is_solution and bool(rules.can_accept_answer(viewer, topic, row)),
        "withdraw": is_solution and deciding and bool(rules.can_withdraw_acceptance(viewer, topic)),
        "comment": row.kind != "comment"
        and bool(rules.can_comment(viewer, topic, row, comments=comments)),
        "official": viewer.is_staff
        and not row.official
        and bool(rules.can_make_official(viewer, topic, row)),
        "unofficial": bool(row.official) and bool(rules.can_withdraw_official(viewer)),
        "quote": not is_note and row.kind != "comment" and bool(rules.can_answer(viewer, topic)),
    }
    return frozenset(word for word, allowed in verdicts.items() if allowed)
