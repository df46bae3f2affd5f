"""The harness itself, in miniature: it measures, judges and reports. No figure is compared with a goal."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.forum.archive import import_archive
from bench import furnish, generate, report
from bench.load import raw_request
from bench.pages import Goal
from bench.run import POST, Run
from bench.stock import SQLITE, Data, Forum
from bench.timing import Pace

POSTS = 150
TINY = Pace(busy=0.05, alone=0.02, least=4, answers=16, connections=2, workers=1, threads=2)
PAGES = {"home", "topic, 20 posts, signed in", POST}


def _figures(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _figures(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _figures(inner)
    elif isinstance(value, int | float):
        yield value


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_a_small_run_gives_figures_for_every_page(environment: dict[str, str], tmp_path: Path):
    archive = tmp_path / "generated.jsonl"
    generate.write(archive, POSTS, seed=3)
    with furnish.opened(environment):
        taken = import_archive(archive, "bench")
    facts = {"posts": POSTS, "topics": taken.topics, "refused": 0}
    facts |= {"import_seconds": 1, "import_posts_per_second": POSTS}
    forum = Forum(Data("generated", posts=POSTS), SQLITE, environment, facts)
    said: list[str] = []
    run = Run(forum, cluster=None, pace=TINY, wanted=PAGES.__contains__, say=said.append)

    result = json.loads(json.dumps(run.result()))

    assert {row["name"] for row in result["pages"]} == PAGES == set(said)
    assert [row["faults"] for row in result["pages"]] == [{}, {}, {}]
    assert all(math.isfinite(figure) and figure >= 0 for figure in _figures(result))
    for row in result["pages"]:
        assert row["sql"] > 0
        assert row["cpu_ms"] > 0
        assert row["share"] > 0
        assert row["p95_ms"] >= row["p50_ms"] > 0
        assert row["parts_ms"]["SQL"] > 0
        assert row["parts_ms"]["template" if row["name"] != POST else "rest"] > 0
    assert result["memory_mib"]["rss"] >= result["memory_mib"]["pss"] > 10
    text = "\n".join(report.sections(result, report.as_text))
    assert all(f"\n{name} " in text for name in PAGES)
    assert "≤ 4 ms" in text


def test_a_goal_says_what_was_missed():
    row = {"share": 0.1, "cpu_ms": 3.0, "p95_ms": 50.0, "sql": 5}
    goal = Goal(share=0.17, cpu_ms=2.0, sql=5, p95={"sqlite": 100.0, "postgresql": 20.0})
    assert goal.judged(row, "sqlite") == {
        "goal": ["≥ 0.17 ×", "≤ 2 ms", "p95 ≤ 100 ms", "≤ 5 SQL"],
        "missed": ["≥ 0.17 ×", "≤ 2 ms"],
    }
    assert goal.judged(row, "postgresql")["missed"][-1] == "p95 ≤ 20 ms"
    assert Goal().judged(row, "sqlite") == {"goal": [], "missed": []}


def test_a_form_is_sent_as_a_browser_sends_it():
    raw = raw_request(8000, "/x", cookie="session=1", form="text=a")
    head, body = raw.split("\r\n\r\n")
    assert head.startswith("POST /x HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n")
    assert "\r\nCookie: session=1\r\n" in head
    assert head.endswith("Content-Length: 6")
    assert body == "text=a"
