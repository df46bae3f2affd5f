"""T-01, S02: a board that is for other people now takes along everything that hangs on it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.jobs.runner import Runner
from app.core.search import engine
from app.forum import actions
from app.forum.models import Board, Topic
from app.knowledge import actions as knowledge
from app.knowledge.actions.writing import Source
from app.knowledge.models import Article
from tests import cast
from tests.data_sets import THOROUGH
from tests.knowledge.conftest import content
from tests.surfer import Surfer
from tests.visibility import routes
from tests.visibility.test_needles import crawl, leaks, with_token
from tests.visibility.world import AUTHOR, Needle, World, build, index

MASKED = re.compile(r'(name="(?:csrf_token|idempotency_key)" value=)"[^"]*"')


def give(slug: str, audience: int, post_audience: int | None = None) -> None:
    board, ada = cast.board(slug), cast.actor("Ada")
    with transaction():
        actions.change_board(
            ada,
            board.id,
            name=board.name,
            description=board.description,
            icon=board.icon,
            audience=audience,
            post_audience=max(audience, cast.MEMBERS) if post_audience is None else post_audience,
        )


def run_jobs(app: Flask) -> None:
    Runner(app).drain()
    db.session.rollback()


def moved(world: World, before: int, after: int) -> list[Needle]:
    """The needles as they are when the board with this audience has another one."""
    return [
        replace(needle, audience=max(needle.audience, after))
        if needle.audience == before
        else needle
        for needle in world.needles
    ]


@pytest.mark.parametrize("name", ["guest", "Karin"])
def test_t01_nothing_of_a_closed_board_shows_from_that_moment_on(app, client_as, name):
    """Without waiting for a job, over every route, with pages kept and the index not yet told."""
    world = build()
    browser = with_token(client_as(name), name)
    urls = routes.all_urls(app, world) if THOROUGH else routes.some_urls(app, world, 9)
    words = [needle.word for needle in world.needles if needle.audience == cast.PUBLIC]
    warm = "".join(crawl(browser, urls).values())
    assert sum(word in warm for word in words) >= 10, "the premise: much was to be seen"
    give("internet", cast.STAFF)
    viewer = cast.actor(name)
    hidden = [n for n in moved(world, cast.PUBLIC, cast.STAFF) if not n.may_be_seen_by(viewer)]
    assert leaks(crawl(browser, urls), hidden) == []
    searches = [f"/search?q={needle.word}" for needle in hidden[:8]]
    found = crawl(browser, searches + [f"/api/v1{url}" for url in searches])
    assert [url for url, text in found.items() if 'class="hk-hit"' in text] == []
    run_jobs(app)
    assert leaks(crawl(browser, urls), hidden) == []


def test_the_author_and_the_team_keep_what_is_theirs(app, client_as):
    world = build()
    give("internet", cast.STAFF)
    run_jobs(app)
    pages = "".join(crawl(client_as("Anna"), routes.all_urls(app, world)).values())
    anna = cast.actor("Anna")
    needles = moved(world, cast.PUBLIC, cast.STAFF)
    assert [n.what for n in needles if n.may_be_seen_by(anna) and n.word not in pages] == []


def test_an_opened_board_is_found_by_guests(app, client):
    topic = cast.make_topic("Zqgeheimniszq", author="Anna", board_slug="team")
    index(World(topics=[topic]))
    assert 'class="hk-hit"' not in client.get("/search?q=Zqgeheimniszq").text
    give("team", cast.PUBLIC)
    assert "Zqgeheimniszq" in client.get(f"/topics/{topic.id}", follow_redirects=True).text
    run_jobs(app)
    assert 'class="hk-hit"' in client.get("/search?q=Zqgeheimniszq").text


def public_world() -> World:
    world = World()
    for name in ("Karin", "Nele", "Tom", AUTHOR, "Ada", "Anna"):
        cast.account(name)
    for slug in cast.BOARDS:
        cast.board(slug)
    world.topics.append(cast.make_topic("Router", author="Karin", tags=("dsl",)))
    world.posts.append(cast.make_post(world.topics[0], author=AUTHOR))
    return world


def test_t01_a_closed_board_is_as_if_it_had_never_been_open(app, client, time_machine):
    time_machine.move_to("2026-05-04 10:00:00Z", tick=False)
    world = public_world()
    index(world)
    _recount(app)
    asked = ["/search?q=router", "/search?q=werkstat", "/search?q=drehbank", "/tags/bank"]
    everything = [*routes.all_urls(app, world), *asked, "/search?q=board:werkstatt"]
    urls = [url for url in everything if url != "/readyz"]  # which says when a job last ended
    before = {url: _bytes(client, url) for url in urls}
    topic = cast.make_topic("Drehbank", author="Karin", board_slug="werkstatt", tags=("bank",))
    cast.accept(cast.make_post(topic, author="Tom", text="Router Werkstatt"))
    index(World(topics=[topic]))
    _recount(app)
    assert [url for url in urls if _bytes(client, url) != before[url]], "the premise: it was seen"
    give("werkstatt", cast.STAFF)
    run_jobs(app)
    assert [url for url in urls if _bytes(client, url) != before[url]] == []


def _recount(app: Flask) -> None:
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["recount"]).exit_code == 0


def _bytes(client: Surfer, url: str) -> str:
    response = client.get(url)
    return f"{response.status} {response.headers} " + MASKED.sub(r"\1", response.text)


def test_a_question_never_comes_into_a_board_with_the_readers_that_it_had_before(app):
    """The form was open while the board was closed."""
    home, karin, anna = cast.board(), cast.actor("Karin"), cast.actor("Anna")
    stale = db.session.execute(
        select(Board.id, Board.audience, Board.post_audience).filter_by(id=home.id)
    ).one()
    give("internet", cast.STAFF)
    words: dict[str, Any] = {"kind": "question", "title": "Was?", "text": "x", "html": "<p>x</p>"}
    with transaction():
        topic_id = actions.ask(anna, board=stale, **words).topic_id
    assert db.session.get_one(Topic, topic_id).audience == cast.STAFF
    with pytest.raises(Exception, match="Only some people may write here"), transaction():
        actions.ask(karin, board=stale, **words)


def test_articles_made_from_its_topics_are_narrowed_and_stay_so(app):
    topic = cast.make_topic()
    anna, elsewhere = cast.actor("Anna"), cast.board("mitglieder")
    with transaction():
        made = knowledge.draft_article(
            anna, content(), board=None, audience=cast.PUBLIC, source=Source(topic_id=topic.id)
        )
        other = knowledge.draft_article(anna, content(), board=elsewhere, audience=cast.MEMBERS)
    give("internet", cast.SUPERUSERS)
    assert (_audience(made), _audience(other)) == (cast.SUPERUSERS, cast.MEMBERS)
    give("internet", cast.PUBLIC)
    assert _audience(made) == cast.SUPERUSERS


def test_many_topics_are_indexed_some_at_a_time(app, monkeypatch):
    monkeypatch.setattr("app.forum.reactions.TOPICS_AT_ONCE", 2)
    monkeypatch.setattr("app.forum.actions.boards.TOPICS_AT_ONCE", 2)
    topics = [cast.make_topic(f"Zqnummer{number}zq") for number in range(5)]
    index(World(topics=topics))
    assert len(engine().search("Zqnummer*", restricted=False)) == 5
    give("internet", cast.STAFF)
    assert {t.audience for t in db.session.scalars(select(Topic))} == {cast.STAFF}
    run_jobs(app)
    assert engine().search("Zqnummer*", restricted=False) == []
    assert len(engine().search("Zqnummer*", restricted=True)) == 5


def _audience(article_id: int) -> int:
    db.session.rollback()
    return int(db.session.execute(select(Article.audience).filter_by(id=article_id)).scalar_one())
