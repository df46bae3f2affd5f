"""The states of moderation, knowledge, programme and desk, each with words that only some may read.

A small world of its own: few posts, but every thing that somebody can act on. Built once per
module; tests that use it change nothing, or run last.
"""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.core.text import render
from app.desk import actions as desk
from app.desk.actions import ReplyWords
from app.desk.models import CannedReply, Note
from app.forum import actions as forum
from app.forum.models import Post, Topic
from app.knowledge import actions as knowledge
from app.knowledge.actions import Content
from app.knowledge.models import Article, Suggestion
from app.moderation import actions as moderation
from app.moderation.models import Appeal, Case, Decision
from app.notifications.models import SUBJECTS, Notification
from app.superusers import actions as programme
from app.superusers.models import Nomination, Term
from tests import cast
from tests.desk.conftest import failed_job
from tests.moderation.conftest import accept_netiquette, decide, decide_appeal, object_to, report
from tests.superusers.conftest import nominate
from tests.visibility.readers import (
    Circle,
    admins,
    everybody,
    moderators,
    moderators_and,
    moderators_without,
    staff,
    staff_and,
)
from tests.visibility.world import COMMON, index

#: One for each way of seeing: `Sina` is a super user who may hide posts, `Bert` is suspended.
VIEWERS = ("guest", "Karin", "Olga", "Sina", "Anna", "Bert")
OTHERS = ("Paul", "Rita", "Tom", "Sven", "Nele", "Mo")


def build() -> Circle:
    world = Circle()
    with transaction():
        moderation.ensure_rulebook()
        programme.lay_ranks()
    for name in (*VIEWERS[1:], *OTHERS):
        cast.account(name)
    cast.grant("Sina", "moderate")
    accept_netiquette(*VIEWERS[1:], *OTHERS)
    _cases(world)
    _objections(world)
    _programme(world)
    _knowledge(world)
    _desk(world)
    _remember(world)
    _telleverybody(world)
    index(world)
    db.session.rollback()
    return world


def _answer(world: Circle, word: str = "", *, author: str = "Olga", state: str = "visible") -> Post:
    if not world.topics:
        world.topics.append(cast.make_topic(f"Gastgeber {COMMON}", author="Karin"))
    post = cast.make_post(
        world.topics[0], author=author, text=f"{word} {COMMON}".strip(), state=state
    )
    world.posts.append(post)
    return post


def _cases(world: Circle) -> None:
    reported = _answer(world)
    report(reported, by="Rita", text=world.secret("report on a visible post", moderators))
    _notice(world, reported)
    report(
        _answer(world, author="Anna"),
        by="Rita",
        text=world.secret("report on a post of the team", moderators_without("Anna")),
    )
    report(
        _answer(world, author="Sina"),
        by="Rita",
        text=world.secret("report on a super user's post", moderators_without("Sina")),
    )
    kept = world.secret("reasons of a decision to keep", moderators)
    decide(report(_answer(world), by="Rita"), "keep", facts=kept)
    hidden = _answer(world, world.secret("post that Sina hid", staff_and("Olga")))
    facts = world.secret("reasons of a provisional decision", staff_and("Olga"))
    decide(report(hidden, by="Rita"), "hide", by="Sina", facts=facts)
    held = _answer(world, world.secret("post that a gate held", staff_and("Olga")), state="held")
    with transaction():
        moderation.open_case_about_held(post_id=held.id)
    _answer(world, world.secret("post that was removed", lambda _viewer: False), state="removed")


def _notice(world: Circle, post: Post) -> None:
    sender = world.secret("sender of a notice", staff)
    with transaction():
        moderation.give_notice(
            cast.actor("guest"),
            post_id=post.id,
            url=f"http://localhost/posts/{post.id}",
            category="STATEMENT_CATEGORY_VIOLENCE",
            reasons=world.secret("reasons of a notice", staff),
            name=sender,
            email=f"{sender}@example.org",
            anonymous_ground=False,
            language="de",
        )


def _objections(world: Circle) -> None:
    """An open one, one that was right and one that was wrong, one of a suspended author."""
    for outcome in ("", "reversed", "upheld"):
        author = "Bert" if outcome == "" else "Olga"
        hidden = outcome != "reversed"
        known = staff_and(author) if hidden else moderators_and(author)
        what = f"({outcome or 'open'})"
        word = world.secret(f"post under objection {what}", known if hidden else everybody)
        facts = world.secret(f"reasons of a decision {what}", known)
        decision = decide(
            report(_answer(world, word, author=author), by="Rita"), "hide", facts=facts
        )
        words = world.secret(f"words of an objection {what}", staff_and(author))
        appeal = object_to(decision, by=author, text=words)
        if outcome:
            reasons = world.secret(f"reasons about an objection {what}", known)
            decide_appeal(appeal, outcome, reasons=reasons)


def _programme(world: Circle) -> None:
    anna = cast.actor("Anna")
    nominate("Tom")
    for name, act in (
        ("Karin", programme.decline_nomination),
        ("Nele", programme.confirm_nomination),
        ("Sven", programme.confirm_nomination),
    ):
        row, word = nominate(name), world.secret(f"words about the nomination of {name}", staff)
        with transaction():
            act(anna, row.id, reason=word)
    sven = cast.actor("Sven")
    with transaction():
        programme.accept_charter(sven, version=1)
    with transaction():
        term = db.session.execute(select(Term)).scalar_one()
        word = world.secret("why a term ended", staff, shown=False)
        programme.end_term(anna, term.id, reason=word)
    row = nominate("Paul")
    with transaction():
        programme.confirm_nomination(anna, row.id)
    paul = cast.actor("Paul")
    with transaction():
        programme.accept_charter(paul, version=1)


def _knowledge(world: Circle) -> None:
    anna, board = cast.actor("Anna"), cast.board()
    for state in ("draft", "review", "returned", "published", "archived"):
        who = everybody if state == "published" else staff
        words = _content(world.secret(f"words of an article, {state}", who), "")
        if state in ("draft", "published"):
            words = _content(words.problem, world.secret(f"comment on a revision, {state}", staff))
        with transaction():
            article_id = knowledge.draft_article(anna, words, board=board, audience=cast.PUBLIC)
            if state in ("review", "returned"):
                knowledge.submit_for_review(anna, article_id)
            if state == "returned":
                why = world.secret("why an article went back", staff)
                knowledge.send_back(cast.actor("Mo"), article_id, note=why)
            if state in ("published", "archived"):
                knowledge.publish(anna, article_id)
            if state == "archived":
                why = world.secret("why an article was archived", staff)
                knowledge.archive(anna, article_id, note=why)
    for title in ("Offen", "Abgelehnt"):
        topic = cast.make_topic(f"{title} {COMMON}", author="Karin")
        answer = cast.make_post(topic, author="Tom", text=COMMON)
        world.topics.append(topic)
        with transaction():
            forum.accept_answer(cast.actor("Karin"), post_id=answer.id)
            knowledge.suggest_solution(topic.id)
    declined = max(db.session.scalars(select(Suggestion.id)))
    with transaction():
        why = world.secret("why a suggestion was declined", staff, shown=False)
        knowledge.decline_suggestion(anna, declined, reason=why)


def _content(word: str, comment: str) -> Content:
    html = render(f"{word} {COMMON}")
    return Content(f"Artikel {word}", word, html, word, html, comment=comment)


def _desk(world: Circle) -> None:
    anna, word = cast.actor("Anna"), world.secret("internal note", staff)
    closed = cast.make_topic(f"Team {COMMON}", author="Anna", board_slug="team")
    world.topics.append(closed)
    with current_app.test_request_context(), transaction():
        for topic in world.topics[:1]:
            desk.write_note(anna, topic_id=topic.id, text=word, html=render(word))
            desk.take(anna, kind="topic", thing_id=topic.id)
    words = ReplyWords(title="Rückfrage", text=world.secret("canned reply", staff))
    mo = cast.actor("Mo")
    with transaction():
        desk.write_reply(mo, words)
    failed_job(world.secret("error of a failed job", admins))


def _remember(world: Circle) -> None:
    """The numbers of everything that somebody can act on."""
    db.session.rollback()
    models = (Case, Decision, Appeal, Nomination, Term, Article, Suggestion, Post, Topic, Note)
    models += (CannedReply,)
    for model in models:
        world.ids[model.__name__] = list(db.session.scalars(select(model.id).order_by(model.id)))
    world.articles, world.suggestions = world.ids["Article"], world.ids["Suggestion"]
    world.posts = list(db.session.scalars(select(Post).order_by(Post.id)))


def subjects(world: Circle) -> list[tuple[str, int]]:
    """(kind of notification, id of what it is about) for everything there is."""
    of = {
        "decision": "Decision",
        "outcome": "Decision",
        "appeal": "Appeal",
        "nomination": "Nomination",
        "term": "Term",
        "article": "Article",
    }
    return [
        (kind, subject_id)
        for kind, subject_kind in SUBJECTS.items()
        if subject_kind in of
        for subject_id in world.ids[of[subject_kind]]
    ]


def _telleverybody(world: Circle) -> None:
    """As if each of them had been told of everything."""
    people = [cast.account(name).id for name in VIEWERS[1:]]
    by, moment = cast.account("Rita").id, clock.now()
    with transaction():
        for account_id in people:
            for kind, subject_id in subjects(world):
                db.session.add(
                    Notification(
                        account_id=account_id,
                        kind=kind,
                        subject_kind=SUBJECTS[kind],
                        subject_id=subject_id,
                        created_at=moment,
                    )
                )
            db.session.add_all(
                Notification(
                    account_id=account_id,
                    kind="answer",
                    topic_id=post.topic_id,
                    post_id=post.id,
                    actor_id=by,
                    created_at=moment,
                )
                for post in world.posts
            )
