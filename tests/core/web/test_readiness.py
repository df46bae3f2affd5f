"""/readyz: what works, how far down the ladder, and nothing that is nobody's business."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.config import Config
from app.core import clock, readiness
from app.core.db import db, transaction
from app.core.jobs import Job
from app.core.redis import SharedRedis
from tests.redis_server import RedisServer
from tests.surfer import Surfer
from tests.weather import only_reading


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is answered by a look."""
    monkeypatch.setattr(readiness, "KEEP_SECONDS", 0.0)


@pytest.fixture
def index(app: Flask) -> None:
    app.extensions["helferkreis.search"].clear()


def asked(client: Surfer) -> tuple[int, str, dict[str, dict[str, object]]]:
    answer = client.get("/readyz")
    found = json.loads(answer.text)
    assert found["ready"] is (answer.status_code == 200)
    return answer.status_code, found["level"], found["checks"]


def ended(name: str, **when: object) -> None:
    moment = clock.now()
    with transaction():
        db.session.add(Job(name=name, arguments={}, created_at=moment, due_at=moment, **when))


@pytest.mark.usefixtures("index")
def test_a_whole_house_is_ready_and_tells_no_secrets(client: Surfer, config: Config) -> None:
    answer = client.get("/readyz")
    status, level, checks = asked(client)
    assert (status, level) == (200, "normal")
    assert checks["database"] == {"answers": True, "migrated": True, "writable": True}
    assert checks["jobs"] == {"late_seconds": 0, "failed": 0, "worker": False}
    assert checks["mail"] == {"last_success": None, "last_failure": None, "put_off": 0}
    assert set(checks) == {"database", "jobs", "mail", "search", "disk"}
    assert answer.headers["Cache-Control"] == "no-store"
    for secret in (str(config.instance), config.secret_key, config.database_url, "0002"):
        assert secret not in answer.text


@pytest.mark.usefixtures("index")
def test_jobs_and_mails_are_told(app: Flask, client: Surfer) -> None:
    ago = clock.now() - timedelta(minutes=1)
    ended("app.core.tidy.forget_jobs", done_at=ago)
    ended("app.accounts.reactions.send_link", done_at=ago - timedelta(hours=1))
    ended("app.accounts.reactions.send_link", failed_at=ago, error="Undeliverable")
    ended("app.accounts.reactions.send_link", error="ConnectionRefusedError")
    with transaction():
        db.session.add(Job(name="x", arguments={}, created_at=ago, due_at=ago))
    _status, _level, checks = asked(client)
    assert checks["jobs"]["failed"] == 1
    assert checks["jobs"]["worker"] is True
    assert 60 <= int(str(checks["jobs"]["late_seconds"])) < 600
    assert checks["mail"]["put_off"] == 1
    assert str(checks["mail"]["last_success"]) < str(checks["mail"]["last_failure"])
    assert str(checks["mail"]["last_failure"]).endswith("Z")


@pytest.mark.only("sqlite")
def test_each_step_of_the_ladder(app: Flask, client: Surfer, config: Config) -> None:
    assert asked(client)[:2] == (200, "no_search"), "a new house has no index yet"
    app.extensions["helferkreis.search"].clear()
    assert asked(client)[:2] == (200, "normal")
    with only_reading():
        assert asked(client)[:2] == (200, "read_only")
    assert asked(client)[:2] == (200, "normal"), "and it comes back by itself"
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert asked(client)[:2] == (503, "not_migrated")
    db.session.remove()
    db.engine.dispose()
    place = config.instance / "forum.sqlite"
    place.unlink()
    place.mkdir()
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.text)["level"]) == (503, "no_database")
    assert answer.headers["Retry-After"] == "5"
    assert client.get("/healthz").status_code == 200


@pytest.mark.only("sqlite")
@pytest.mark.usefixtures("index")
def test_a_full_disk_is_read_only(client: Surfer, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=100_000))
    status, level, checks = asked(client)
    assert (status, level) == (200, "read_only")
    assert checks["disk"] == {"enough": False, "any": False}


@pytest.mark.only("sqlite")
@pytest.mark.usefixtures("index")
def test_a_redis_that_hangs_is_told_and_missed_by_nobody(
    app: Flask, client: Surfer, redis: RedisServer
) -> None:
    app.extensions["helferkreis.redis"] = SharedRedis(redis.url)
    assert asked(client)[:2] == (200, "normal")
    redis.freeze()
    status, level, checks = asked(client)
    assert (status, level) == (200, "no_redis")
    assert checks["redis"] == {"answers": False}


@pytest.mark.usefixtures("index")
def test_many_questions_are_one_look(
    client: Surfer, count_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "KEEP_SECONDS", 3_600.0)
    client.get("/readyz")
    with count_queries() as queries:  # type: ignore[operator]
        for _ in range(5):
            client.get("/readyz")
    assert queries == []


@pytest.mark.usefixtures("index")
def test_nobody_is_recognised_there(client_as: object, count_queries: object) -> None:
    karin = client_as("Karin")  # type: ignore[operator]
    with count_queries() as queries:  # type: ignore[operator]
        assert karin.get("/readyz").status_code == 200
        assert karin.get("/healthz").status_code == 200
    assert not [query for query in queries if "account_session" in query]
