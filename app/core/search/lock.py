"""One writer at a time, across processes. The system drops the lock when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK_FILE = "writer.lock"

# Which locks this process holds, with its id: a forked child inherits the dict, but not the right.
_held: dict[Path, int] = {}


class IndexLock:
    """Held from its making until `release()` or the end of the `with` block."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle
        _held[path] = os.getpid()

    def release(self) -> None:
        if self._handle is not None:
            _held.pop(self._path, None)
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def index_lock(folder: Path) -> IndexLock | None:
    """The right to write to the index in `folder`, or None where somebody has it (us included)."""
    path = _lock_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    # flock, not lockf: a POSIX lock would vanish when any other handle on the file is closed.
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return IndexLock(path, handle)


def holds_lock(folder: Path) -> bool:
    """Whether this process, in any of its threads, holds the lock."""
    return _held.get(_lock_path(folder)) == os.getpid()


def _lock_path(folder: Path) -> Path:
    return folder.resolve() / LOCK_FILE
