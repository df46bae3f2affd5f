"""What was asked, answered, thanked for and solved: the threads of data/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from sqlalchemy import update

from app.accounts.models import TEAM
from app.core import clock
from app.core.db import db
from app.core.text import render
from app.demo.material import Calendar, chance
from app.demo.people import joined_at, people
from app.demo.steps import Step
from app.demo.world import World
from app.forum import actions, queries
from app.forum.models import Closure, Pin, Post, Topic

OFFICIAL_BY = "Jonas"  # where the team stands behind a customer's answer
READ_TO_ACCEPT = timedelta(hours=3)
THANKED_WITHIN = timedelta(days=5)
CLOSED_BOARDS = {"lounge"}
MOST_THANKS = 8


class Thread:
    """A topic of data/ with the moments at which its posts were written."""

    def __init__(self, data: dict[str, Any], calendar: Calendar) -> None:
        self.data = data
        self.key: str = data["id"]
        self.posts: list[dict[str, Any]] = data["posts"]
        self._calendar = calendar
        moments = calendar.in_order(self.posts)
        self.moments = {p["id"]: at for p, at in zip(self.posts, moments, strict=True)}

    @property
    def began(self) -> datetime:
        return self.moments[self.posts[0]["id"]]

    @property
    def last(self) -> datetime:
        return self.moments[self.posts[-1]["id"]]

    @cached_property
    def solved_at(self) -> datetime | None:
        """With the asker's next word after the solution, or some hours later."""
        solution = self.data.get("solution")
        if solution is None:
            return None
        at, asker = self.moments[solution], self.posts[0]["author"]
        later = [self.moments[p["id"]] for p in self.posts if p["author"] == asker]
        words = [moment for moment in later if moment > at]
        wait = timedelta(minutes=2) if words else READ_TO_ACCEPT
        return self._calendar.after(words[0] if words else at, wait)

    def author(self, post_key: str) -> str:
        return next(str(p["author"]) for p in self.posts if p["id"] == post_key)


def steps(thread: Thread, calendar: Calendar) -> Iterator[Step]:
    question, *answers = thread.posts
    yield Step(thread.began, partial(_ask, thread.data, question))
    for post in answers:
        yield Step(thread.moments[post["id"]], partial(_answer, thread.key, post))
    for post in thread.posts:
        yield from _thanks(post, thread, calendar)
    if thread.solved_at is not None:
        accept = partial(_accept, question["author"], thread.data["solution"])
        yield Step(thread.solved_at, accept)
    yield from _marks(thread, calendar)


def _marks(thread: Thread, calendar: Calendar) -> Iterator[Step]:
    official = thread.data.get("official")
    if official:
        author = thread.author(official)
        by = author if author in _staff() else OFFICIAL_BY
        wait = timedelta(minutes=3 if by == author else 200)
        mark = partial(_make_official, by, official)
        yield Step(calendar.after(thread.moments[official], wait), mark)
    soon = calendar.after(thread.last, timedelta(minutes=10))
    if thread.data.get("closed"):
        yield Step(soon, partial(_close, thread.posts[-1]["author"], thread.key))
    if thread.data.get("pinned"):
        yield Step(thread.began, partial(_pin, thread.posts[0]["author"], thread.key))
    yield Step(soon, partial(_carry_over, thread))


def _staff() -> set[str]:
    return {p["name"] for p in people() if p["role"] in TEAM}


def _ask(data: dict[str, Any], post: dict[str, Any], world: World) -> None:
    actor = world.actor(post["author"])
    actions.ask(
        actor,
        board=queries.board_by_slug(data["board"], actor),
        kind=data["kind"],
        title=data["title"],
        text=post["text"],
        html=render(post["text"]),
        tags=data["tags"],
        language=data.get("language", "de"),
    )


def _answer(topic: str, post: dict[str, Any], world: World) -> None:
    parent = post.get("parent")
    actions.post_answer(
        world.actor(post["author"]),
        topic_id=world.topic(topic),
        text=post["text"],
        html=render(post["text"]),
        parent_id=world.post(parent) if parent else None,
    )


def _accept(by: str, post: str, world: World) -> None:
    actions.accept_answer(world.actor(by), post_id=world.post(post))


def _make_official(by: str, post: str, world: World) -> None:
    actions.make_official(world.actor(by), post_id=world.post(post))


def real_thanks(post: dict[str, Any]) -> int:
    """How many of a post's thanks come from members of the demo; the others only count."""
    return min((int(post["likes"]) + 2) // 5, MOST_THANKS)


def _thanks(post: dict[str, Any], thread: Thread, calendar: Calendar) -> Iterator[Step]:
    """Members who were here then and read that board, in an order that looks like chance."""
    at, closed = thread.moments[post["id"]], thread.data["board"] in CLOSED_BOARDS
    there = [
        p["name"]
        for p in people()
        if p["name"] != post["author"] and not p.get("quiet") and joined_at(p, calendar) < at
        if not closed or p["role"] != "customer"
    ]
    there.sort(key=lambda name: chance(post["id"], name))
    for name in there[: real_thanks(post)]:
        share = chance("when", post["id"], name) % 1000 / 1000
        wait = timedelta(minutes=15) + THANKED_WITHIN * share**3  # most come soon
        yield Step(calendar.after(at, wait), partial(_thank, name, post["id"]))


def _thank(by: str, post: str, world: World) -> None:
    actions.vote(world.somebody(by), post_id=world.post(post))


def _carry_over(thread: Thread, world: World) -> None:
    """Looks and thanks beyond those of the demo's members, as a forum that moved would have them."""
    topic_id, total = world.topic(thread.key), 0
    for post in thread.posts:
        score = post["likes"] - real_thanks(post)
        total += score
        if score:
            wanted = update(Post).where(Post.id == world.post(post["id"]))
            db.session.execute(wanted.values(imported_score=score))
    figures = {"views": thread.data["views"], "score": Topic.score + total}
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(**figures))


def _close(by: str, topic: str, world: World) -> None:
    """There is no action for it yet, nor for pinning: imports bring such topics along."""
    topic_id = world.topic(topic)
    closure = Closure(topic_id=topic_id, closed_by=world.account(by), closed_at=clock.now())
    db.session.add(closure)
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(closed=True))


def _pin(by: str, topic: str, world: World) -> None:
    topic_id = world.topic(topic)
    db.session.add(Pin(topic_id=topic_id, pinned_by=world.account(by), pinned_at=clock.now()))
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(pinned=True))
