"""Lines in batches, a little ahead of the writer, so that their texts are rendered in the meantime."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.core.db import db
from app.forum.archive import queries
from app.forum.archive.checked import CheckedThread
from app.forum.archive.lines import Line, read_object
from app.forum.archive.refusal import Refusal
from app.forum.archive.rendering import Promise, Renderer
from app.forum.archive.report import Report
from app.forum.archive.thread import check_thread

BATCH_POSTS = 200  # a transaction of a fifth of a second: others who write wait no longer
BATCH_LINES = 100
BATCHES_AHEAD = 3


class SoundLine(NamedTuple):
    """`there` is the number of its posts that are there already, None for a new topic."""

    number: int
    thread: CheckedThread
    there: int | None
    html: Promise | None


class Batch(NamedTuple):
    """`end` is the position in the file behind its last line."""

    lines: list[SoundLine]
    end: int


def batches(
    lines: Iterable[Line], *, source: str, renderer: Renderer, report: Report
) -> Iterator[Batch]:
    """Refused lines go into the report, the others into batches, in the order of the file."""
    waiting: deque[Batch] = deque()
    for sound, end in _groups(lines, report):
        waiting.append(Batch(_begin(sound, source, renderer), end))
        if len(waiting) > BATCHES_AHEAD:
            yield waiting.popleft()
    yield from waiting


Sound = list[tuple[int, CheckedThread]]


def _groups(lines: Iterable[Line], report: Report) -> Iterator[tuple[Sound, int]]:
    sound: Sound = []
    seen: set[str] = set()
    posts = end = 0
    for line in lines:
        end = line.end
        try:
            thread = _check(line, seen)
        except Refusal as refusal:
            report.refuse(line.number, refusal)
            continue
        sound.append((line.number, thread))
        posts += len(thread.posts)
        if posts >= BATCH_POSTS or len(sound) >= BATCH_LINES:
            yield sound, end
            sound, posts = [], 0
    yield sound, end


def _check(line: Line, seen: set[str]) -> CheckedThread:
    thread = check_thread(read_object(line))
    if thread.source_id in seen:
        raise Refusal("An earlier line has the same thread_id.", thread_id=thread.given_id)
    seen.add(thread.source_id)
    return thread


def _begin(sound: Sound, source: str, renderer: Renderer) -> list[SoundLine]:
    there = queries.known_topics(source, [thread.source_id for _number, thread in sound])
    db.session.rollback()  # PostgreSQL ends connections that wait inside a transaction
    return [
        SoundLine(number, thread, there[thread.source_id], None)
        if thread.source_id in there
        else SoundLine(number, thread, None, renderer.promise(thread))
        for number, thread in sound
    ]
