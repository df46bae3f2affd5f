"""`flask work` and `flask stats` as an operator meets them."""

from __future__ import annotations

import json

from flask import Flask

from app.core.db import transaction
from app.core.jobs import enqueue, rows
from tests import cast
from tests.core.jobs import calls_for_tests as calls


def test_work_until_empty_does_all_and_says_so(app: Flask) -> None:
    calls.register(app)
    app.extensions["helferkreis.ticks"] = ()
    with transaction():
        for number in range(5):
            enqueue(calls.note, number=number)
    result = app.test_cli_runner().invoke(args=["work", "--until-empty"])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert calls.notes() == [0, 1, 2, 3, 4]


def test_work_until_empty_reports_what_failed_for_good(app: Flask) -> None:
    calls.register(app)
    app.extensions["helferkreis.ticks"] = ()
    with transaction():
        enqueue(calls.never, number=1)
        enqueue(calls.note, number=2)
    result = app.test_cli_runner().invoke(args=["work", "--until-empty"])
    assert result.exit_code == 1
    assert "1 jobs failed for good" in result.stderr
    assert calls.notes() == [2]
    assert rows.count_open() == 0


def test_stats_has_exactly_the_keys_that_were_promised(app: Flask) -> None:
    topic = cast.make_topic()
    cast.accept(cast.make_post(topic))
    result = app.test_cli_runner().invoke(args=["stats", "--json"])
    numbers = json.loads(result.stdout)
    assert numbers == {
        "accounts": 2,
        "boards": 1,
        "topics": 1,
        "posts": 2,
        "acceptances": 1,
        "articles": 0,
        "jobs_pending": 0,
        "index_documents": 0,
    }
