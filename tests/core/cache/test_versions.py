"""Versions: seen by all processes, open while somebody writes, and never old after trouble."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import ConnectionError

from app.core.cache import versions as module
from app.core.cache.redis_versions import RedisVersions
from app.core.cache.versions import SITE, MappedVersions, Versions
from tests.redis_server import RedisServer

pytestmark = pytest.mark.only("sqlite")

PATIENCE = 60.0
NAMES = (SITE, "topic:7")
Pair = tuple[Versions, Versions]


@pytest.fixture(params=["file", "redis"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    """The same versions as two processes see them."""
    if request.param == "file":
        yield MappedVersions(tmp_path / "v"), MappedVersions(tmp_path / "v")
    else:
        server: RedisServer = request.getfixturevalue("redis")
        yield RedisVersions(server.url), RedisVersions(server.url)


def until(true: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (value := true()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return value


def settled(versions: Versions) -> Any:
    return until(lambda: versions.read(NAMES))


def test_a_change_is_new_for_all_within_two_seconds(pair: Pair) -> None:
    mine, theirs = pair
    before, seen = settled(mine), settled(theirs)
    assert theirs.read(NAMES) == seen
    start = time.monotonic()
    mine.close(mine.open(["topic:7"]))
    assert settled(mine) != before
    until(lambda: theirs.read(NAMES) not in (seen, None))
    assert time.monotonic() - start < 2
    assert theirs.read((SITE, "topic:8")) is not None


def test_while_one_writes_nobody_keeps_anything(pair: Pair) -> None:
    mine, theirs = pair
    settled(mine)
    opened = mine.open(["topic:7"])
    assert mine.read(NAMES) is None
    assert theirs.read(NAMES) is None
    assert settled_other(mine)
    mine.close(opened)
    assert settled(theirs)


def settled_other(versions: Versions) -> Any:
    return until(lambda: versions.read((SITE, "topic:8")))


def test_two_writers_at_once_leave_nothing_to_be_believed_too_early(pair: Pair) -> None:
    mine, theirs = pair
    settled(mine)
    first, second = mine.open(["topic:7"]), theirs.open(["topic:7"])
    theirs.close(second)
    assert mine.read(NAMES) is None, "the first has not committed yet"
    mine.close(first)
    start = time.monotonic()
    assert settled(mine)
    assert time.monotonic() - start < 3, "at once, not when their time is up"


def test_a_writer_that_was_killed_leaves_its_names_open_only_for_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OPEN_SECONDS", 1)
    here = MappedVersions(tmp_path / "v")
    before = here.read(NAMES)
    process = multiprocessing.get_context("fork").Process(
        target=lambda: MappedVersions(tmp_path / "v").open(["topic:7"])
    )
    process.start()
    process.join()
    assert here.read(NAMES) is None
    assert until(lambda: here.read(NAMES)) != before


def test_a_writer_whose_time_is_up_closes_nobody_elses_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OPEN_SECONDS", 1)
    here = MappedVersions(tmp_path / "v")
    slow = here.open(["topic:7"])
    time.sleep(1.1)
    other = here.open(["topic:7"])
    here.close(slow)
    assert here.read(NAMES) is None, "the other has not committed yet"
    here.close(other)
    assert here.read(NAMES) is not None


def test_a_replaced_file_is_a_new_beginning(tmp_path: Path) -> None:
    here = MappedVersions(tmp_path / "v")
    before = here.read(NAMES)
    (tmp_path / "v").unlink()
    assert here.read(NAMES) != before


def test_without_a_place_for_the_file_there_is_no_cache_and_no_error(tmp_path: Path) -> None:
    here = MappedVersions(tmp_path / "missing" / "v")
    assert here.read(NAMES) is None
    here.close(here.open(["topic:7"]))


def test_a_writer_that_cannot_reach_redis_tells_it_later(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The readers can: no broken connection warns them."""
    writer, reader = RedisVersions(redis.url), RedisVersions(redis.url)
    before = settled(reader)

    def unreachable(**_options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(writer._redis, "pipeline", unreachable)
    writer.close(writer.open(["topic:7"]))
    until(lambda: not writer._owed.waits)
    until(lambda: reader.read(NAMES) not in (before, None))


def test_a_redis_that_lost_its_memory_repeats_no_version(redis: RedisServer) -> None:
    here = RedisVersions(redis.url)
    seen = {settled(here)}
    for _again in range(3):
        redis.kill()
        redis.start()
        here._known.clear()
        until(lambda: here.read(NAMES) is None)
        here._quiet_until = 0.0
        seen.add(settled(here))
    assert len(seen) == 4
