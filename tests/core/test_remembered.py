"""What a process remembers is as new as what was written."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from app.core import remembered as room
from app.core.remembered import remembered, remembered_for
from tests import cast

pytestmark = pytest.mark.usefixtures("app")


def test_a_value_is_made_once_and_anew_after_a_change() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    cast.make_topic()
    assert [remembered("x", ("lists",), make) for _ in range(3)] == [1, 1, 1]
    cast.make_topic()
    assert [remembered("x", ("lists",), make) for _ in range(2)] == [2, 2]
    assert remembered("y", ("lists",), make) == 3, "another key is another value"


def test_for_a_time_a_value_stands_whatever_is_written(time_machine: Any) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    time_machine.move_to("2026-05-04 10:00:00Z", tick=False)
    cast.make_topic()
    first = remembered_for(60, "x", make)
    cast.make_topic()
    time_machine.shift(59)
    assert remembered_for(60, "x", make) == first == 1
    time_machine.shift(1)
    assert remembered_for(60, "x", make) == 2
    time_machine.shift(-3_600)
    assert remembered_for(60, "x", make) == 3, "a clock that was put back keeps nothing for an hour"


def test_the_oldest_goes_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 2)
    for key in "abc":
        remembered(key, (), lambda key=key: key)
    assert list(app.extensions["helferkreis.remembered"]) == ["b", "c"]


@pytest.mark.slow  # without the lock it fails in one of three tries
def test_threads_do_not_stumble_over_each_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST", 3)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(_remember_many, [app] * 8, range(8)))
    finally:
        sys.setswitchinterval(before)
    assert len(app.extensions["helferkreis.remembered"]) == 3


def _remember_many(app: Flask, name: int) -> None:
    with app.app_context():
        for number in range(4_000):
            remembered(f"{name}.{number % 50}", (), lambda: 1)


def test_while_somebody_writes_nothing_is_remembered(app: Flask) -> None:
    versions = app.extensions["helferkreis.versions"]
    opened = versions.open(["lists"])
    made = iter(range(9))
    assert [remembered("x", ("lists",), lambda: next(made)) for _ in range(2)] == [0, 1]
    versions.close(opened)
    assert [remembered("x", ("lists",), lambda: next(made)) for _ in range(2)] == [2, 2]
