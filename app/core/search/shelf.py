"""One whoosh index in one folder: lending searchers, writing batches, starting anew.

Whoosh answers damage with whatever its file code stumbles over (struct.error, EOFError,
AssertionError, UnpicklingError, KeyError …), so everything here becomes SearchUnavailable with
its cause. What whoosh unpickles comes from this folder only: nobody else may write there.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from whoosh import query as wq
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

from app.core.search.engine import Document, IndexBusy, SearchUnavailable
from app.core.search.schema import INDEX_NAME, fields, schema

KEEP_OPEN = 8  # idle searchers per process; each costs a few file handles
OPEN_TRIES = 3  # a commit may delete the files between looking and opening
BLOCK = 1_024  # postings that are read at once
WRITER_MB = 128  # memory for postings before they are spilled to disk
DELETED_SHARE = 0.5  # of all documents; above it the index is rewritten without them

_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_WHOOSH_LOCK = f"{INDEX_NAME}_WRITELOCK"

log = logging.getLogger(__name__)

# Generation, inode and time of the table of contents: an index that was deleted and rebuilt
# may come back with a generation that we have seen before.
Stamp = tuple[int, int, int]


class _Files(FileStorage):  # type: ignore[misc]
    """Remembers what was opened, because whoosh leaves files open when it fails half-way."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._opened: list[object] = []

    def open_file(self, name: str, **kwargs: object) -> object:
        file = super().open_file(name, **kwargs)
        self._opened.append(file)
        return file

    def close_all(self) -> None:
        for file in self._opened:
            if not file.is_closed:  # type: ignore[attr-defined]
                file.close()  # type: ignore[attr-defined]
        self._opened.clear()


@dataclass(frozen=True)
class _Reader:
    stamp: Stamp
    files: _Files
    searcher: Searcher


class Shelf:
    """Searchers are lent to one thread at a time: whoosh seeks and reads on shared file handles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: list[_Reader] = []
        self._guard = threading.Lock()
        self._pid = os.getpid()

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """The newest state of the index. Raises SearchUnavailable, also for faults inside."""
        with _faults(self._folder):
            reader = self._borrow()
            try:
                yield reader.searcher
            except BaseException:
                reader.files.close_all()
                raise
            self._give_back(reader)

    def write(self, keys: Sequence[str], documents: Sequence[Document]) -> None:
        """Remove what has one of `keys`, add `documents`, all in one commit or none of it."""
        with _faults(self._folder):
            if self._stamp() is None:
                self._write_empty()
            if not documents and not self._has_any(keys):
                return  # no new generation: nothing moves for this index's readers
            files = _Files(self._folder)
            try:
                self._write(FileIndex(files, schema(), INDEX_NAME), keys, documents)
            finally:
                files.close_all()

    def clear(self) -> None:
        """Empty and sound, from any state. Readers see it because the generation goes on."""
        with _faults(self._folder):
            self._write_empty()

    def close(self) -> None:
        """Close the idle searchers. The shelf stays usable."""
        with self._guard:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.files.close_all()

    def _borrow(self) -> _Reader:
        stamp = self._stamp()
        if stamp is None:
            raise SearchUnavailable(f"There is no search index in {self._folder}.")
        with self._guard:
            if self._pid != os.getpid():  # forked: the parent's handles share their positions
                self._pid, self._idle = os.getpid(), []
            stale = [reader for reader in self._idle if reader.stamp != stamp]
            self._idle = [reader for reader in self._idle if reader.stamp == stamp]
            reader = self._idle.pop() if self._idle else None
        for old in stale:
            old.files.close_all()
        return reader or self._open()

    def _give_back(self, reader: _Reader) -> None:
        with self._guard:
            kept = len(self._idle) < KEEP_OPEN
            if kept:
                self._idle.append(reader)
        if not kept:
            reader.files.close_all()

    def _open(self) -> _Reader:
        for attempt in range(OPEN_TRIES):
            stamp = self._stamp()
            files = _Files(self._folder)
            try:
                index = FileIndex(files, schema(), INDEX_NAME)
                searcher = index.searcher()
                # A commit in between is harmless: the stamp is the older one, the next look renews.
                return _Reader(stamp or (0, 0, 0), files, searcher)
            except FileNotFoundError:
                files.close_all()
                if attempt == OPEN_TRIES - 1:
                    raise
            except BaseException:
                files.close_all()
                raise
        raise AssertionError("unreachable")

    def _stamp(self) -> Stamp | None:
        """None where there is no index of our schema."""
        for _ in range(OPEN_TRIES):
            try:
                generations = [
                    (int(match[1]), entry)
                    for entry in os.scandir(self._folder)
                    if (match := _TOC.fullmatch(entry.name))
                ]
                if not generations:
                    return None
                generation, entry = max(generations, key=lambda pair: pair[0])
                status = os.stat(entry.path)
                return generation, status.st_ino, status.st_mtime_ns
            except FileNotFoundError:
                continue
        return None

    def _has_any(self, keys: Sequence[str]) -> bool:
        with self.searcher() as searcher:
            return any(True for _ in searcher.docs_for_query(_any_of(keys)))

    def _write(self, index: FileIndex, keys: Sequence[str], documents: Sequence[Document]) -> None:
        # Many small files instead of one compound: 1.5 ms to open at 100,000 posts, not 91.
        writer: SegmentWriter = index.writer(compound=False, limitmb=WRITER_MB, codec=_codec())
        try:
            writer.delete_by_query(_any_of(keys))
            for document in documents:
                writer.add_document(**fields(document))
            writer.commit(optimize=_is_mostly_deleted(writer))
        except BaseException:
            with suppress(Exception):
                writer.cancel()
            raise
        finally:
            _release(writer)

    def _write_empty(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = self._stamp()
        table = TOC(schema(), [], stamp[0] + 1 if stamp else 0)
        table.write(FileStorage(str(self._folder)), INDEX_NAME)
        kept = {TOC._filename(INDEX_NAME, table.generation), _WHOOSH_LOCK}
        for path in self._folder.iterdir():
            if path.name not in kept:
                _remove(path)


def _any_of(keys: Sequence[str]) -> wq.Query:
    return wq.Or([wq.Term("key", key) for key in keys])


def _codec() -> W3Codec:
    """Big plain blocks: unpacking many small compressed ones was most of a search's time."""
    codec = W3Codec(blocklimit=BLOCK, compression=0)
    codec.length_stats = False  # weights hold the lengths; it would stat a file for every posting
    return codec


def _is_mostly_deleted(writer: SegmentWriter) -> bool:
    everything = sum(segment.doc_count_all() for segment in writer.segments)
    return bool(writer.deleted_count() > everything * DELETED_SHARE)


def _release(writer: SegmentWriter) -> None:
    """Whoosh keeps its lock when a commit fails; the next batch of this process must get it."""
    lock = writer.writelock
    if lock is not None and lock.fd is not None:
        lock.release()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except SearchUnavailable:
        raise
    except LockError as error:
        raise IndexBusy(f"Another writer has the search index in {folder}.") from error
    except Exception as error:  # see the module's docstring: damage has no type of its own
        log.warning("The search index in %s failed.", folder, exc_info=True)
        raise SearchUnavailable(f"The search index in {folder} failed: {error!r}") from error
