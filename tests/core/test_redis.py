"""R-07 in small, with a real Redis: shared by all processes, missed by nobody when it is away."""

from __future__ import annotations

import pytest
from flask import Flask

from app import create_app
from app.config import load
from app.core import redis as shared
from app.core.errors import TooMany
from app.core.jobs.runner import Runner
from app.core.jobs.worker import Workers
from app.core.redis import RedisAway, SharedRedis, shared_redis
from app.core.web.limits import Budget, give_back, require_left, spend, try_spend
from tests.core.jobs import calls_for_tests as calls
from tests.core.jobs.test_worker import wait_for, wish
from tests.redis_server import RedisServer

pytestmark = pytest.mark.only("sqlite")

TIGHT = Budget("tight", 3, 3_600)


@pytest.fixture
def environment(environment: dict[str, str], redis: RedisServer) -> dict[str, str]:
    return {**environment, "REDIS_URL": redis.url, "RATE_LIMITS": "on"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every time that Redis was really waited for."""
    waits: list[int] = []
    real = SharedRedis._blow

    def blow(self: SharedRedis, error: Exception) -> None:
        waits.append(1)
        real(self, error)

    monkeypatch.setattr(SharedRedis, "_blow", blow)
    return waits


@pytest.fixture
def second(environment: dict[str, str], app: Flask) -> Flask:
    """Another process of the same forum."""
    return create_app(load(environment))


def tries(app: Flask, times: int, key: str = "a") -> list[bool]:
    with app.test_request_context():
        return [try_spend(TIGHT, key) for _ in range(times)]


def test_two_processes_count_together(app: Flask, second: Flask) -> None:
    assert tries(app, 2) == [True, True]
    assert tries(second, 2) == [True, False]
    with second.test_request_context():
        with pytest.raises(TooMany, match="in 60 minutes"):
            spend(TIGHT, "a")
        give_back(TIGHT, "a")
    with app.test_request_context():
        require_left(TIGHT, "a")


def test_r07_a_redis_that_hangs_is_waited_for_once_and_limits_still_hold(
    app: Flask, redis: RedisServer, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries(app, 1, "before")
    redis.freeze()
    assert tries(app, 50) == [True] * 3 + [False] * 47
    assert asked == [1], "one time-out, however many requests"
    client = app.test_client()
    assert [client.get("/search?q=a").status_code for _ in range(5)] == [200] * 5
    assert asked == [1]
    monkeypatch.setattr(shared_redis(app), "_quiet_until", 0.0)  # the quiet time is over
    tries(app, 10, "b")
    assert asked == [1, 1], "one looks again, the others do not wait"
    redis.thaw()
    monkeypatch.setattr(shared_redis(app), "_quiet_until", 0.0)
    assert tries(app, 4, "c") == [True] * 3 + [False]
    assert asked == [1, 1]
    assert shared_redis(app).ask(lambda client: client.keys("LIMITS*"))  # type: ignore[union-attr]


def test_r07_a_killed_redis_is_missed_by_nobody(app: Flask, redis: RedisServer) -> None:
    tries(app, 1)
    redis.kill()
    assert tries(app, 4, "b") == [True] * 3 + [False]
    with pytest.raises(RedisAway), app.app_context():
        shared_redis().ask(lambda client: client.ping())  # type: ignore[union-attr]


def test_jobs_are_announced_and_still_run_when_redis_hangs_or_is_gone(
    app: Flask, redis: RedisServer
) -> None:
    calls.register(app)
    app.extensions["helferkreis.ticks"] = ()
    workers = Workers(app)
    workers.start()
    try:
        del app.extensions["helferkreis.bell"]  # as in a web process: wakes go through Redis
        wish(1)
        wait_for(lambda: calls.notes() == [1])
        redis.freeze()
        wish(2)
        wait_for(lambda: calls.notes() == [1, 2])
        redis.thaw()
        redis.kill()
        workers.check()
        wish(3)
        wait_for(lambda: calls.notes() == [1, 2, 3])
    finally:
        workers.stop()
    assert Runner(app).failed == 0


def test_a_wake_up_waits_for_a_hanging_redis_once(
    app: Flask, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.register(app)
    redis.freeze()
    lost: list[str] = []
    monkeypatch.setattr("app.core.jobs.queue.log.info", lambda name, **_: lost.append(name))
    for number in range(10):
        wish(number)
    assert lost == ["wake_up_lost"]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "rediss://127.0.0.1:1/0"])
def test_without_any_redis_the_answer_is_away(url: str) -> None:
    assert shared.ANSWER_SECONDS <= 0.25
    with pytest.raises(RedisAway):
        SharedRedis(url).ask(lambda client: client.ping())
