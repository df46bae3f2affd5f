"""A forum full of needles: one word per thing, and the table of who may read it (DESIGN.md §2).

A viewer needs the board's audience. Within it: visible things are for everybody, held and hidden
ones for their author and for staff, removed ones for nobody. What hangs under something that the
viewer may not read is not for them either.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import current_app

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db, transaction
from app.core.search import index_lock
from app.forum import search
from app.forum.models import Post, Topic
from app.notifications.models import Notification
from tests import cast
from tests.data_sets import THOROUGH
from tests.visibility import articles

AUTHOR = "Olga"
COMMENTER = "Paul"
STATES = ("visible", "held", "hidden", "removed")
VIEWERS = ("guest", "Nele", "Karin", AUTHOR, "Uwe", "Anna", "Mo", "Ada", "Bert")
#: The others see what one of these sees; HELFERKREIS_THOROUGH=1 asks all of them.
USUAL = VIEWERS if THOROUGH else ("guest", "Karin", AUTHOR, "Uwe", "Anna", "Bert")
QUICK = ("guest",)  # `make quick` looks through these eyes only
WAYS_OF_SEEING = ("guest", "Anna")  # PostgreSQL sees through these eyes only
LOCK_SECONDS = 60
COMMON = "gemeinsam"  # stands in every text, so that one search meets all of them
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def through_the_eyes_of(*names: str) -> list[Any]:
    """Parameters for tests that walk through the whole forum as each of these people."""
    return [pytest.param(name, marks=_marks(name), id=name) for name in names]


def _marks(name: str) -> list[Any]:
    slow = [] if name in QUICK else [pytest.mark.slow]
    return slow if name in WAYS_OF_SEEING else [*slow, pytest.mark.only("sqlite")]


@dataclass(frozen=True)
class Needle:
    """A word that stands in one thing only. `states` are those of the thing and of all above it."""

    word: str
    what: str
    audience: int
    states: tuple[str, ...]
    authors: tuple[str, ...]

    def may_be_seen_by(self, viewer: Actor) -> bool:
        if viewer.audience < self.audience:
            return False
        return all(
            _state_allows(state, author == viewer.name, viewer)
            for state, author in zip(self.states, self.authors, strict=True)
        )


def _state_allows(state: str, own: bool, viewer: Actor) -> bool:
    return state == "visible" or (state in ("held", "hidden") and (own or viewer.is_staff))


@dataclass
class World:
    topics: list[Topic] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    needles: list[Needle] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    suggestions: list[int] = field(default_factory=list)
    ids: dict[str, list[int]] = field(default_factory=dict)  # of further things, by kind

    def needle(
        self, what: str, audience: int, *states: str, authors: Iterable[str] | None = None
    ) -> str:
        """A new word for a thing; its states from the thing upwards.

        Three letters from every other one, so that search takes none for another's typing error.
        """
        number = len(self.needles)
        word = f"zq{LETTERS[number // 26] * 3}{LETTERS[number % 26] * 3}nadelqz"
        owners = tuple(authors or (AUTHOR,) * len(states))
        self.needles.append(Needle(word, what, audience, states, owners))
        return word


def build() -> World:
    """Every kind of object in every state, on every board; indexed; and everybody was told of it."""
    world = World()
    for name in (*VIEWERS[1:], COMMENTER):
        cast.account(name)
    for slug, (_name, audience, _posting) in cast.BOARDS.items():
        for state in STATES:
            _topic(world, slug, audience, state)
    _posts(world)
    _hidden_solution(world)
    articles.build(world)
    notify_everybody(world)
    index(world)
    db.session.rollback()
    return world


def _topic(world: World, slug: str, audience: int, state: str) -> None:
    about = f"topic {state} in {slug}"
    title = world.needle(f"title of a {about}", audience, state)
    text = world.needle(f"text of a {about}", audience, state)
    tag = world.needle(f"tag of a {about}", audience, state)
    answer = world.needle(f"answer in a {about}", audience, "visible", state)
    topic = cast.make_topic(
        f"{title} Frage",
        author=AUTHOR,
        board_slug=slug,
        text=f"{text} {COMMON}",
        state=state,
        tags=(tag,),
    )
    world.topics.append(topic)
    world.posts.append(db.session.get_one(Post, topic.last_post_id))
    world.posts.append(cast.make_post(topic, author=AUTHOR, text=f"{answer} {COMMON}"))


def _posts(world: World) -> None:
    """Answers in every state, each with comments in every state."""
    topic = cast.make_topic(f"Gastgeber {COMMON}", author="Karin")
    world.topics.append(topic)
    for above in STATES:
        word = world.needle(f"{above} answer", cast.PUBLIC, above)
        answer = cast.make_post(topic, author=AUTHOR, text=f"{word} {COMMON}", state=above)
        world.posts.append(answer)
        for state in STATES:
            _comment(world, topic, answer, state)


def _comment(world: World, topic: Topic, answer: Post, state: str) -> None:
    what = f"{state} comment under a {answer.state} answer"
    word = world.needle(what, cast.PUBLIC, state, answer.state, authors=(COMMENTER, AUTHOR))
    text = f"{word} {COMMON}"
    comment = cast.make_post(
        topic, author=COMMENTER, text=text, kind="comment", state=state, parent=answer
    )
    world.posts.append(comment)


def _hidden_solution(world: World) -> None:
    """An accepted answer that was hidden afterwards must not come back in the solution's box."""
    topic = cast.make_topic(f"Gelöst {COMMON}", author="Karin")
    word = world.needle("accepted answer, hidden later", cast.PUBLIC, "hidden")
    answer = cast.make_post(topic, author=AUTHOR, text=f"{word} {COMMON}")
    cast.accept(answer)
    with transaction():
        db.session.refresh(answer)
        answer.state = "hidden"
    world.topics.append(topic)
    world.posts.append(answer)


def notify_everybody(world: World) -> None:
    """As if each of them had been told while it could still be read."""
    ids = [cast.account(name).id for name in VIEWERS[1:]]
    by = cast.account(COMMENTER).id
    with transaction():
        for account_id in ids:
            db.session.add_all(
                Notification(
                    account_id=account_id,
                    kind="answer",
                    topic_id=post.topic_id,
                    post_id=post.id,
                    actor_id=by,
                    created_at=clock.now(),
                )
                for post in world.posts
            )


def index(world: World) -> None:
    """The index holds whatever the app puts into it for these topics."""
    folder = current_app.extensions["helferkreis.config"].index_folder
    end = time.monotonic() + LOCK_SECONDS
    while (lock := index_lock(folder)) is None:  # workers of a story may hold it
        assert time.monotonic() < end, "somebody keeps the index"
        time.sleep(0.05)
    with lock:
        search.update_index([topic.id for topic in world.topics])
        articles.index(world.articles)
