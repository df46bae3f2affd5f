"""Rendering ahead of writing, on the other processors where the archive is large enough to gain."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from types import TracebackType
from typing import Self

from app.core.text import render_imported
from app.forum.archive.checked import CheckedThread

POOL_FROM_BYTES = 1_000_000  # starting processes costs a second; less text is rendered sooner
TEXTS_PER_TASK = 50

Htmls = list[str]
Promise = Callable[[], Htmls]


class Renderer:
    """`promise(thread)` begins with the work; calling the promise waits for it."""

    def __init__(self, archive_bytes: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        processors = len(os.sched_getaffinity(0))
        if archive_bytes >= POOL_FROM_BYTES and processors > 1:
            # Not fork: it copies locks that threads of this process may hold.
            self._pool = ProcessPoolExecutor(
                processors, multiprocessing.get_context("spawn"), initializer=_end_with_parent
            )

    def promise(self, thread: CheckedThread) -> Promise:
        texts = [(post.text, post.format) for post in thread.posts]
        if self._pool is None:
            return lambda: _render(texts)
        tasks = [self._pool.submit(_render, part) for part in _parts(texts)]
        return lambda: [html for task in tasks for html in task.result()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _parts(texts: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    return [texts[at : at + TEXTS_PER_TASK] for at in range(0, len(texts), TEXTS_PER_TASK)]


def _render(texts: Sequence[tuple[str, str]]) -> Htmls:
    return [render_imported(text, "html" if fmt == "html" else "markdown") for text, fmt in texts]


def _end_with_parent() -> None:
    """A killed import leaves no processes behind: they hold both ends of the pipe they wait on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: _wait_and_end(sentinel), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
