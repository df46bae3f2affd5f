"""What tells an old page from a new one: a version for each name, seen alike by all processes.

A writer opens the names that it changes before it commits and closes them afterwards; both give a
new version. While a name is open, its pages are neither served from the cache nor kept. A writer that
is killed in between leaves it open until the time is up: then the commit has happened or it never will.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from typing import Protocol, TypeVar

SITE = "site"  # the name on which every page depends
OPEN_SECONDS = 5  # longer than any commit takes

Seen = tuple[object, ...]
T = TypeVar("T")


class Versions(Protocol):
    """One per process; safe for threads. None of its methods raises."""

    def read(self, names: Sequence[str]) -> Seen | None:
        """The versions of these names, SITE first; None while one is open, or nobody knows."""
        ...

    def open(self, names: Iterable[str]) -> object:
        """Call before the commit; what it returns goes to close()."""
        ...

    def close(self, opened: object) -> None: ...


@dataclass(frozen=True)
class _Mark:
    place: int
    until: int


class MappedVersions:
    """A mapped file in the instance, for one machine: each name has a place by its hash.

    Two names at one place only make pages old too early. Numbers of one place only grow, because
    they are written under the file's lock.
    """

    PLACES = 8_192
    #: Version; until when it is open, in ns of the monotonic clock; how many writers are at it.
    _PLACE = struct.Struct("=qqq")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._descriptor = -1
        self._inode = 0
        self._map: mmap | None = None

    def read(self, names: Sequence[str]) -> Seen | None:
        try:
            mapped = self._mapped()
        except OSError:
            return None
        now = time.monotonic_ns()
        seen = [self._inode]
        for name in names:
            version, until, _writers = self._PLACE.unpack_from(mapped, _place(name))
            if _is_open(until, now):
                return None
            seen.append(version)
        return tuple(seen)

    def open(self, names: Iterable[str]) -> object:
        with suppress(OSError):
            return self._write({_place(name) for name in names}, self._open)
        return []

    def close(self, opened: object) -> None:
        marks = {mark.place: mark for mark in opened}  # type: ignore[attr-defined]
        with suppress(OSError):
            self._write(marks, lambda mapped, place: self._close(mapped, marks[place]))

    def _open(self, mapped: mmap, place: int) -> _Mark:
        version, until, writers = self._PLACE.unpack_from(mapped, place)
        now = time.monotonic_ns()
        mark = _Mark(place, now + OPEN_SECONDS * 10**9)
        others = writers if _is_open(until, now) else 0  # or they were killed
        self._PLACE.pack_into(mapped, place, version + 1, mark.until, others + 1)
        return mark

    def _close(self, mapped: mmap, mark: _Mark) -> None:
        """The last of several writers closes; whose own time was up is not among them any more."""
        version, until, writers = self._PLACE.unpack_from(mapped, mark.place)
        if _is_open(mark.until, time.monotonic_ns()):
            writers = max(0, writers - 1)
        self._PLACE.pack_into(mapped, mark.place, version + 1, until if writers else 0, writers)

    def _write(self, places: Iterable[int], change: Callable[[mmap, int], T]) -> list[T]:
        with self._lock:
            mapped = self._mapped()
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            try:
                return [change(mapped, place) for place in places]
            finally:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _mapped(self) -> mmap:
        """The file as it is now; where somebody replaced it, everything is a new beginning."""
        try:
            inode = os.stat(self._path).st_ino
        except FileNotFoundError:
            inode = 0
        if self._map is None or inode != self._inode:
            with self._lock:
                self._map = self._attach()
                return self._map
        return self._map

    def _attach(self) -> mmap:
        size = self.PLACES * self._PLACE.size
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if hasattr(os, "posix_fallocate"):
            # Reserved, not only sized: writing into a hole on a full disk would end the process.
            os.posix_fallocate(self._descriptor, 0, size)
        else:
            os.truncate(self._descriptor, size)
        self._inode = os.fstat(self._descriptor).st_ino
        return mmap(self._descriptor, size)


def _place(name: str) -> int:
    number = zlib.crc32(name.encode()) % MappedVersions.PLACES
    return number * MappedVersions._PLACE.size


def _is_open(until: int, now: int) -> bool:
    """A time too far ahead was written before this machine's last start."""
    return now < until <= now + OPEN_SECONDS * 10**9
