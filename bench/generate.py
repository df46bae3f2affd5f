"""Writes an archive of German questions and answers: `python -m bench.generate FILE --posts N`.

Equal seeds and sizes give equal files. Authors, boards, words and the lengths of topics are
distributed as in real forums: few have much, many have little (Zipf).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import click

from bench import german
from bench.writing import Language, Topic, Zipf

POSTS = 100_000
SEED = 1
POSTS_PER_AUTHOR = 12
BEGIN = datetime(2019, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
MAX_TOPIC = 300
UNANSWERED_SHARE = 0.12
LENGTH_EXPONENT = 2.15  # gives six posts a topic, as the real archives have
SOLVED_SHARE = 0.58  # of the questions with an answer: two of five topics
DISCUSSION_SHARE = 0.1
COMMENT_SHARE = 0.08
REPLY_SHARE = 0.3
REMARK_SHARE = 0.15

Progress = Callable[[int], None]


def threads(posts: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Topics in the archive format (DESIGN.md §4) with exactly `posts` posts together."""
    forum = _Forum(posts, Random(f"{seed}/{posts}"))  # noqa: S311 — reproducible, no secret
    while forum.left:
        yield forum.thread()


def write(path: Path, posts: int, seed: int, progress: Progress = lambda _posts: None) -> int:
    """Write the archive; returns the number of topics. `progress` hears how many posts were added."""
    topics = 0
    with path.open("w", encoding="utf-8") as file:
        for thread in threads(posts, seed):
            file.write(json.dumps(thread, ensure_ascii=False) + "\n")
            progress(len(thread["posts"]))
            topics += 1
    return topics


class _Forum:
    def __init__(self, posts: int, random: Random) -> None:
        self.posts = self.left = posts
        self._random = random
        self._topics = 0
        self._boards = Zipf(_boards(random), 1.0)
        self._names = _names(max(5, posts // POSTS_PER_AUTHOR))
        self._helpers = Zipf(self._names, 1.0, shift=2.0)
        self._lengths = Zipf(range(2, MAX_TOPIC + 1), LENGTH_EXPONENT, shift=1.0)

    def thread(self) -> dict[str, Any]:
        random = self._random
        board, language, tags = self._boards.pick(random)
        created_at = BEGIN + SPAN * ((self.posts - self.left + random.random()) / self.posts)
        asker = self._name(helping=0.3)
        topic = Topic(language, random, created_at, asker)
        kind = "discussion" if random.random() < DISCUSSION_SHARE else "question"
        posts = self._posts(topic, created_at)
        self._topics += 1
        return {
            "thread_id": self._topics,
            "title": topic.title(),
            "category": board,
            "kind": kind,
            "tags": sorted({tags.pick(random) for _ in range(random.choice((0, 1, 1, 2, 3)))}),
            "created_at": posts[0]["created_at"],
            "views": min(50_000, int(40 * random.paretovariate(1.1))),
            "closed": random.random() < 0.02,
            "pinned": random.random() < 0.0005,
            "accepted_post_id": self._solution(posts) if kind == "question" else None,
            "posts": posts,
        }

    def _posts(self, topic: Topic, moment: datetime) -> list[dict[str, Any]]:
        posts = [self._post(topic.asker, moment, topic.question())]
        for _ in range(min(self._length(), self.left + 1) - 1):
            moment += timedelta(hours=self._random.expovariate(1 / 9))
            posts.append(self._reply(topic, posts, moment))
        return posts

    def _reply(self, topic: Topic, posts: list[dict[str, Any]], moment: datetime) -> dict[str, Any]:
        random = self._random
        by_asker = random.random() < 0.2
        author = topic.asker if by_asker else self._name(helping=0.8)
        is_remark = by_asker or random.random() < REMARK_SHARE
        post = self._post(author, moment, topic.remark() if is_remark else topic.answer())
        above = random.choice(posts)
        if random.random() < COMMENT_SHARE and "kind" not in above:
            post |= {"kind": "comment", "reply_to": above["post_id"]}
        elif random.random() < REPLY_SHARE:
            post["reply_to"] = above["post_id"]
        return post

    def _post(self, author: str, moment: datetime, text: str) -> dict[str, Any]:
        self.left -= 1
        return {
            "post_id": self.posts - self.left,
            "author": author,
            "created_at": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "reply_to": None,
            "likes": min(200, int(self._random.paretovariate(1.3)) - 1),
            "markdown": text,
        }

    def _solution(self, posts: list[dict[str, Any]]) -> int | None:
        asker = posts[0]["author"]
        answers = [p for p in posts[1:] if p["author"] != asker and "kind" not in p]
        if answers and self._random.random() < SOLVED_SHARE:
            return int(self._random.choice(answers)["post_id"])
        return None

    def _length(self) -> int:
        if self._random.random() < UNANSWERED_SHARE:
            return 1
        return self._lengths.pick(self._random)

    def _name(self, *, helping: float) -> str:
        """Few help much; nearly everybody asks once."""
        if self._random.random() < helping:
            return self._helpers.pick(self._random)
        return self._random.choice(self._names)


def _boards(random: Random) -> list[tuple[str, Language, Zipf[str]]]:
    """Board, its language and its tags; the first is the biggest."""
    made = []
    for theme in german.THEMES:
        language = Language(theme, random)
        tags = [part.lower().strip("-") for part in theme.firsts]
        made += [(board, language, Zipf(tags, 1.0)) for board in theme.boards]
    random.shuffle(made)
    return made


def _names(count: int) -> list[str]:
    firsts, lasts = german.FIRST_NAMES, german.LAST_PARTS
    return [
        f"{firsts[n % len(firsts)]}_{lasts[n // len(firsts) % len(lasts)]}_{n}"
        for n in range(count)
    ]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--posts", default=POSTS, show_default=True)
@click.option("--seed", default=SEED, show_default=True)
def main(file: Path, posts: int, seed: int) -> None:
    """Write FILE, an archive of a forum that never was."""
    with click.progressbar(length=posts, label="Writing", file=sys.stderr) as bar:
        topics = write(file, posts, seed, bar.update)
    click.echo(f"{file}: {topics} topics, {posts} posts", err=True)


if __name__ == "__main__":
    main()
