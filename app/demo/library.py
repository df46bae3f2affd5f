"""From solutions to articles: suggestions taken and declined, drafts, reviews, what readers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.accounts.actor import GUEST, PUBLIC
from app.core.text import render
from app.demo import queries
from app.demo.material import Calendar, chance, read
from app.demo.people import people
from app.demo.steps import Step
from app.demo.threads import Thread
from app.demo.world import World
from app.forum import queries as forum
from app.knowledge import actions
from app.knowledge import queries as knowledge
from app.knowledge.actions.writing import Source

WRITERS = {"rechnung": "Aylin", "konto-app": "Mira", "mobilfunk": "Mira"}
OTHER_WRITER = "Jonas"
REVIEWERS = {"Aylin": "Kerstin", "Mira": "Jonas", "Jonas": "Mira"}
OPEN_DAYS = 17  # what was solved since then still waits to be looked at
#: Why an answer becomes no article.
DECLINED = (
    "Ein Einzelfall; die Antwort im Thema genügt.",
    "Steht im Kern schon in einem Artikel.",
    "Gilt nur für dieses eine Gerät.",
    "Ändert sich zu oft, das Thema bleibt aktueller.",
)

Row = dict[str, Any]


def steps(threads: Mapping[str, Thread], calendar: Calendar) -> Iterator[Step]:
    sources = {}
    for number, article in enumerate(read("articles.jsonl")):
        thread = threads.get(article.get("topic", ""))
        if thread is not None and "translates" not in article:
            sources[thread.key] = article
        yield from _article(article, number, thread, calendar)
    for thread in threads.values():
        if thread.solved_at is not None and thread.key not in sources:
            age = calendar.now - thread.solved_at
            if age > timedelta(days=OPEN_DAYS):
                wait = timedelta(days=2, minutes=chance("declined", thread.key) % 4000)
                yield Step(calendar.after(thread.solved_at, wait), partial(_decline, thread.key))


def _article(
    article: Row, number: int, thread: Thread | None, calendar: Calendar
) -> Iterator[Step]:
    """Written some days after the solution, reviewed a day later, rated ever since."""
    begins = thread.solved_at or thread.began if thread else calendar.moment(60, "11:00")
    wait = timedelta(days=3 + number % 3, minutes=chance("article", article["slug"]) % 400)
    if "translates" in article:
        wait += timedelta(days=9)
    written = calendar.after(begins, wait)
    if "written" in article:
        written = calendar.past(article["written"])
    writer = WRITERS.get(article["board"], OTHER_WRITER)
    yield Step(written, partial(_write, article, writer, thread.key if thread else None))
    if article.get("state") == "draft":
        return
    asked = calendar.after(written, timedelta(minutes=40))
    yield Step(asked, partial(_ask_for_review, article, writer))
    if article.get("state") == "review":
        return
    published = calendar.after(asked, timedelta(hours=20))
    yield Step(published, partial(_publish, article, REVIEWERS[writer]))
    yield from _ratings(article, thread, published, calendar)
    if "later" in article:
        revised = calendar.past(article["later"])
        yield Step(revised, partial(_revise, article, writer))


def _write(article: Row, writer: str, topic: str | None, world: World) -> None:
    actor = world.actor(writer)
    board = forum.board_by_slug(article["board"], actor)
    topic_id = world.topic(topic) if topic else None
    waiting = (
        [s for s in knowledge.suggestions_of_topic(topic_id) if s.state == "open"]
        if topic_id
        else []
    )
    if waiting and "translates" not in article:
        actions.promote_answer(
            actor, waiting[0].id, _content(article), board=board, audience=PUBLIC
        )
        return
    credit = world.account(article["helper"]) if "helper" in article else None
    source = Source(topic_id=topic_id, credit_account_id=credit, language=article["language"])
    actions.draft_article(actor, _content(article), board=board, audience=PUBLIC, source=source)


def _content(article: Row, **other: str) -> actions.Content:
    words = {**article, **other}
    return actions.Content(
        title=words["title"],
        problem=words["problem"],
        problem_html=render(words["problem"]),
        solution=words["solution"],
        solution_html=render(words["solution"]),
        valid_for=words["valid_for"],
        comment=other.get("comment", ""),
    )


def _id(article: Row) -> int:
    found = queries.article_id(article["title"])
    if found is None:
        raise LookupError(f"The article “{article['title']}” is not there")
    return found


def _ask_for_review(article: Row, writer: str, world: World) -> None:
    actions.submit_for_review(world.actor(writer), _id(article), note=article.get("note", ""))


def _publish(article: Row, reviewer: str, world: World) -> None:
    actions.publish(world.actor(reviewer), _id(article))


def _revise(article: Row, writer: str, world: World) -> None:
    """A newer text of a published article, which waits for its review."""
    actor, article_id = world.actor(writer), _id(article)
    later = article["later"]
    actions.revise_article(
        actor,
        article_id,
        _content(article, solution=article["solution"] + later["more"], comment=later["comment"]),
        based_on=1,
        board=forum.board_by_slug(article["board"], actor),
        audience=PUBLIC,
    )
    actions.submit_for_review(actor, article_id, note=later["comment"])


def _ratings(
    article: Row, thread: Thread | None, published: datetime, calendar: Calendar
) -> Iterator[Step]:
    """Members by name and guests without; about one in eight was not helped."""
    names = [p["name"] for p in people() if p["role"] == "customer" and not p.get("quiet")]
    names.sort(key=lambda name: chance("rates", article["slug"], name))
    helped = thread.author(thread.data["solution"]) if thread and thread.solved_at else ""
    readers = [name for name in names[:5] if name != helped]
    guests = chance("guests", article["slug"]) % 7
    left = calendar.latest - published
    for number, name in enumerate([*readers, *([""] * guests)]):
        at = published + left * (chance("rated", article["slug"], number) % 997 / 1000)
        helpful = chance("helpful", article["slug"], number) % 8 != 0
        yield Step(at, partial(_rate, article, name, helpful))


def _rate(article: Row, name: str, helpful: bool, world: World) -> None:
    viewer = world.somebody(name) if name else GUEST
    found = knowledge.article_or_404(_id(article), viewer)
    revision_id = found.current_revision_id
    actions.rate_article(viewer, found.id, revision_id=revision_id, helpful=helpful)


def _decline(topic: str, world: World) -> None:
    for suggestion in knowledge.suggestions_of_topic(world.topic(topic)):
        if suggestion.state == "open":
            reason = DECLINED[chance("why", topic) % len(DECLINED)]
            actions.decline_suggestion(world.actor("Mira"), suggestion.id, reason=reason)
