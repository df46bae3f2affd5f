"""The generated archive: the same each time, taken by the real import, distributed as real ones are."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.forum.archive import import_archive
from bench import generate


@pytest.fixture(scope="module")
def threads() -> list[dict[str, Any]]:
    return list(generate.threads(6_000, seed=7))


def test_equal_seeds_write_equal_files(tmp_path: Path):
    one, same, other = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    generate.write(one, 400, seed=1)
    generate.write(same, 400, seed=1)
    generate.write(other, 400, seed=2)
    assert one.read_bytes() == same.read_bytes() != other.read_bytes()


@pytest.mark.only("sqlite")
def test_the_import_takes_every_line(app: Flask, tmp_path: Path):
    file = tmp_path / "generated.jsonl"
    heard: list[int] = []
    topics = generate.write(file, 300, seed=1, progress=heard.append)
    report = import_archive(file, "generated")
    assert (report.refused, report.notes) == ([], [])
    assert (len(heard), sum(heard)) == (topics, 300)
    assert len(file.read_text("utf-8").splitlines()) == topics == report.topics
    assert report.posts == 300


def test_few_people_write_much_and_many_little(threads: list[dict[str, Any]]):
    authors = Counter(post["author"] for thread in threads for post in thread["posts"])
    ranked = [count for _name, count in authors.most_common()]
    tenth = len(ranked) // 10
    assert sum(ranked[:tenth]) > 0.35 * 6_000
    assert ranked[0] > 10 * ranked[len(ranked) // 2]


def test_boards_and_topics_have_very_different_sizes(threads: list[dict[str, Any]]):
    boards = [count for _name, count in Counter(t["category"] for t in threads).most_common()]
    lengths = sorted(len(thread["posts"]) for thread in threads)
    assert len(boards) == 12
    assert boards[0] > 5 * boards[-1]
    assert sum(lengths) == 6_000
    assert lengths[len(lengths) // 2] <= 4
    assert lengths[-1] > 40
    assert 0.08 < lengths.count(1) / len(lengths) < 0.18


def test_words_follow_zipf_with_a_long_tail_of_compounds(threads: list[dict[str, Any]]):
    words = Counter(
        word
        for thread in threads
        for post in thread["posts"]
        for word in re.findall(r"[^\W\d_]+", post["markdown"])
    )
    ranked = [count for _word, count in words.most_common()]
    assert len(ranked) > 3_000
    assert ranked[0] > 5 * ranked[50] > 25 * ranked[500]
    assert sum(count == 1 for count in ranked) > 0.2 * len(ranked)
    assert sum(len(word) > 12 for word in words) > 1_000


def test_two_of_five_topics_are_solved_over_five_years(threads: list[dict[str, Any]]):
    solved = sum(thread["accepted_post_id"] is not None for thread in threads)
    years = {thread["created_at"][:4] for thread in threads}
    assert 0.33 < solved / len(threads) < 0.47
    assert len(years) == 5


def test_posts_use_what_people_use(threads: list[dict[str, Any]]):
    whole = json.dumps(threads, ensure_ascii=False)
    for sign in ("\\n1. ", "\\n```", "\\n\\n", "**", "https://www.example.org/", '"comment"'):
        assert sign in whole
    assert "{" not in "".join(thread["title"] for thread in threads)
