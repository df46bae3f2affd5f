"""Every committed write makes the pages old that show it, and only a few others."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text, update

from app import create_app, wiring
from app.accounts.models import Account
from app.config import load
from app.core import clock
from app.core.cache.versions import SITE
from app.core.db import db, transaction
from app.forum import actions
from app.forum.models import Board, Post, Topic, Watch
from tests import cast
from tests.redis_server import RedisServer
from tests.surfer import Surfer
from tests.test_server import Server

SECRET = "Nur kurz zu sehen."
PATIENCE = 120.0  # of a server's start on a machine that has much else to do


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def url_of(topic: Topic) -> str:
    return f"/topics/{topic.id}-wie-starte-ich-den-router-neu"


@pytest.fixture
def topic(app: Flask) -> Topic:
    topic = cast.make_topic(tags=("wlan",))
    cast.make_post(topic, text=SECRET)
    return topic


@pytest.fixture
def is_kept(client: Any, count_queries: Any) -> Callable[[str], bool]:
    """Is this page answered without the database?"""

    def ask(url: str) -> bool:
        with count_queries() as queries:
            assert client.get(url).status_code == 200
        return not queries

    return ask


def hide(topic: Topic) -> None:
    newest = select(func.max(Post.id)).where(Post.topic_id == topic.id)
    answer = db.session.execute(newest).scalar_one()
    db.session.rollback()
    with transaction():
        actions.conceal_post(answer, by=cast.actor("Mo"), reason="Test")


def test_what_is_hidden_is_gone_at_once_and_other_topics_stay_kept(
    client: Any, topic: Topic, is_kept: Any
) -> None:
    other = cast.make_topic("Wie starte ich den Router neu")
    mine, theirs = url_of(topic), url_of(other)
    cast.actor("Mo")
    assert SECRET in client.get(mine).text
    client.get(theirs), client.get("/topics")
    assert is_kept(mine) and is_kept(theirs) and is_kept("/topics")
    hide(topic)
    assert SECRET not in client.get(mine).text
    assert is_kept(theirs)
    assert not is_kept("/topics")


@pytest.mark.parametrize(
    ("write", "old"),
    [
        (lambda t: update(Post).values(html="<p>neu</p>"), {"topic", "lists", "people", "rules"}),
        (lambda t: update(Account).values(name="Neu"), {"topic", "lists", "people", "rules"}),
        (lambda t: update(Account).values(posts_count=9), {"people"}),
        (lambda t: update(Account).values(unread_count=9), set()),
        (lambda t: update(Account).values(unread_count=9, role="agent"), {"topic", "lists", "people", "rules"}),
        (lambda t: update(Board).values(topics_count=9), {"lists"}),
        (lambda t: update(Board).values(name="Neu"), {"topic", "lists", "people", "rules"}),
        (lambda t: text("UPDATE topic SET title = 'von Hand'"), {"topic", "lists", "people", "rules"}),
        (lambda t: text("SELECT 1"), set()),
    ],
)  # fmt: skip
def test_a_write_without_an_event_makes_old_what_its_table_says(
    client: Any, topic: Topic, is_kept: Any, write: Any, old: set[str]
) -> None:
    with transaction():  # the title stays in the address
        db.session.execute(text("UPDATE topic SET title = 'von Hand'"))
    urls = {
        "topic": f"/topics/{topic.id}-von-hand",
        "lists": "/topics",
        "people": "/members",
        "rules": "/knowledge",
    }
    for url in urls.values():
        client.get(url)
    with transaction():
        db.session.execute(write(topic))
    assert {name for name, url in urls.items() if not is_kept(url)} == old


def test_a_unit_of_work_counts_by_its_columns_as_well(topic: Topic, is_kept: Any) -> None:
    is_kept("/topics"), is_kept("/members")
    with transaction():
        cast.account("Tom").posts_count += 1
    assert is_kept("/topics")
    assert not is_kept("/members")


def test_what_was_rolled_back_makes_nothing_old(topic: Topic, is_kept: Any) -> None:
    is_kept("/topics")
    with pytest.raises(RuntimeError), transaction():
        db.session.execute(update(Topic).values(title="nie"))
        raise RuntimeError
    assert is_kept("/topics")


def test_a_page_made_while_somebody_commits_is_not_kept(
    app: Flask, topic: Topic, is_kept: Any
) -> None:
    """As if the writer was killed between its commit and telling so."""
    versions = app.extensions["helferkreis.versions"]
    is_kept("/topics")
    versions.open(["lists"])
    assert not is_kept("/topics")
    assert not is_kept("/topics")
    assert is_kept("/members") or is_kept("/members")


def test_its_names_are_open_when_it_commits_and_closed_afterwards(app: Flask, topic: Topic) -> None:
    versions, seen = app.extensions["helferkreis.versions"], []
    names = (SITE, f"topic:{topic.id}")

    def look(_connection: object) -> None:
        seen.append(versions.read(names))

    before = versions.read(names)
    cast.actor("Mo")
    event.listen(db.engine, "commit", look)
    hide(topic)
    event.remove(db.engine, "commit", look)
    assert seen[0] is None
    assert versions.read(names) not in (None, before)


def test_a_table_without_a_line_concerns_every_page(
    topic: Topic, is_kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = update(Watch).values(since=clock.now())
    is_kept("/knowledge")
    with transaction():
        db.session.execute(write)
    assert is_kept("/knowledge")
    monkeypatch.delitem(wiring.SHOWN, "watch")  # type: ignore[attr-defined]
    with transaction():
        db.session.execute(write)
    assert not is_kept("/knowledge")


@pytest.fixture
def second(environment: dict[str, str], redis: RedisServer) -> Iterator[tuple[Flask, Flask]]:
    """Two apps with one database and one Redis, as on two machines."""
    config = load({**environment, "REDIS_URL": redis.url})
    apps = create_app(config), create_app(config)
    for app in apps:
        app.testing, app.test_client_class = True, Surfer
    with apps[0].app_context():
        yield apps
        db.session.remove()
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.mark.slow
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("trouble", [None, "freeze", "kill"])
def test_a_hidden_post_is_gone_everywhere_whatever_redis_does(
    second: tuple[Flask, Flask], redis: RedisServer, trouble: str | None
) -> None:
    topic = cast.make_topic()
    cast.make_post(topic, text=SECRET)
    cast.actor("Mo")
    browsers = [app.test_client() for app in second]

    def shown() -> list[bool]:
        pages = [browser.get(url_of(topic)) for browser in browsers]
        assert [page.status_code for page in pages] == [200, 200]
        return [SECRET in page.text for page in pages]

    def is_kept_by_both() -> bool:
        assert shown() == [True, True]
        return all(len(app.extensions["helferkreis.page_cache"].shelf) for app in second)

    until(is_kept_by_both)
    if trouble:
        getattr(redis, trouble)()
    hide(topic)
    until(lambda: shown() == [False, False])
    if trouble:
        redis.fresh() if trouble == "kill" else redis.thaw()
        until(lambda: not second[0].extensions["helferkreis.versions"]._owed.waits)
        until(lambda: shown() == [False, False])
    for _again in range(20):
        assert shown() == [False, False]


@pytest.fixture
def bare(environment: dict[str, str]) -> dict[str, str]:
    """An instance without a database: the server makes it."""
    Path(environment["DATABASE_URL"].removeprefix("sqlite:///")).unlink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return {**environment, "PORT": port, "WEB_WORKERS": "2", "WEB_THREADS": "1"}


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_a_hidden_post_is_gone_from_all_processes(bare: dict[str, str]) -> None:
    server = Server(bare)
    try:
        until(server.is_up)
        app = create_app(load(bare))
        with app.app_context():
            topic = cast.make_topic()
            cast.make_post(topic, text=SECRET)
            cast.actor("Mo")
            address = f"http://127.0.0.1:{server.port}{url_of(topic)}"

            def shown() -> bool:
                wanted = urllib.request.Request(address, headers={"Host": "localhost"})
                with urllib.request.urlopen(wanted, timeout=10) as answer:
                    return SECRET in answer.read().decode()

            assert all(shown() for _each in range(20))
            hide(topic)
            assert not any(shown() for _each in range(40)), "one machine: at once"
            db.session.remove()
            db.engine.dispose()
        (web,) = server.children()
        children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
        assert len(children) == 2, "the premise: two processes answer"
    finally:
        server.end()
