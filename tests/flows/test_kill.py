"""R-01: kill -9 of web and worker while people post: nothing lost, nothing doubled, all jobs done.

HELFERKREIS_KILLS sets how many processes die (default 4: two web workers, the master,
the supervisor); HELFERKREIS_KEYS=off is the control that
must fail: clients that repeat without an idempotency key make doubles.
"""

from __future__ import annotations

import os
import socket
from collections import Counter

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.accounts.session import cookie_name, hash_of
from app.core.db import db, transaction
from app.core.jobs import Job
from app.forum.models import Post, Topic
from app.moderation.actions import ensure_rulebook
from tests import cast
from tests.data_sets import THOROUGH
from tests.flows.killing import Forum, Load, torment
from tests.moderation.conftest import accept_netiquette
from tests.surfer import Surfer

KILLS = int(os.environ.get("HELFERKREIS_KILLS", "4"))
WITH_KEYS = os.environ.get("HELFERKREIS_KEYS") != "off"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def load_for(app: Flask, topic: Topic, port: int) -> Load:
    secret = cast.sign_in("Tom")
    browser = app.test_client()
    assert isinstance(browser, Surfer)
    browser.session_hash = hash_of(secret)
    return Load(
        port=port,
        path=f"/topics/{topic.id}/posts",
        cookie=f"{cookie_name()}={secret}",
        token=browser.form_token(),
        with_keys=WITH_KEYS,
    )


@pytest.mark.slow
@pytest.mark.durable
@pytest.mark.only("sqlite", *(["postgresql"] if THOROUGH else []))
def test_r01_kill_nine_loses_and_doubles_nothing(app: Flask, environment: dict[str, str]) -> None:
    topic = cast.make_topic()
    with transaction():
        ensure_rulebook()  # as `serve` would; whoever has accepted it already is not asked
    accept_netiquette("Tom")
    port = free_port()
    forum = Forum({**environment, "BASE_URL": f"http://127.0.0.1:{port}"}, port)
    load = load_for(app, topic, port)
    flask_migrate.stamp()  # the tests' database is made without migrations
    db.session.remove()
    forum.start()
    forum.wait()
    killed = torment(forum, load, kills=KILLS)
    assert forum.end() == 0
    assert forum.run("work", "--until-empty").returncode == 0
    check(topic.id, load, killed)


def check(topic_id: int, load: Load, killed: Counter[str]) -> None:
    texts = Counter(
        db.session.execute(select(Post.text).filter_by(topic_id=topic_id, kind="answer")).scalars()
    )
    lost = [text_ for text_ in load.acknowledged if text_ not in texts]
    doubled = [text_ for text_, times in texts.items() if times > 1]
    print(
        f"{sum(killed.values())} kills {dict(killed)}, {len(load.acknowledged)} acknowledged, "
        f"{load.tries} tries, {len(lost)} lost, {len(doubled)} doubled"
    )
    assert len(load.acknowledged) > KILLS, "the load was too small to prove anything"
    assert (lost, doubled) == ([], [])
    counted = db.session.execute(select(Topic.answers_count).filter_by(id=topic_id)).scalar_one()
    assert counted == sum(texts.values())
    open_jobs = select(func.count()).where(Job.done_at.is_(None))
    assert db.session.execute(open_jobs).scalar_one() == 0
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
