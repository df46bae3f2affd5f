"""The file of an archive: complete under its name, or not there."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from app.forum.archive.refusal import shown

STANDARD_OUTPUT = Path("-")
#: Line ends of Unicode that JSON allows inside of texts; readers that split at them break lines.
_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"})

Write = Callable[[dict[str, Any]], None]


class UnwritableArchive(Exception):
    """The file cannot be written; the text is a sentence for the operator."""


@contextmanager
def archive_file(path: Path) -> Iterator[Write]:
    """Give a function that adds one line. The file gets its name when all lines are on disk.

    Only its owner may read it. Raises UnwritableArchive; whatever goes wrong, an older file of
    this name stays as it was.
    """
    if path == STANDARD_OUTPUT:
        yield lambda line: _add(sys.stdout, line)
        return
    if path.exists() and not path.is_file():
        raise UnwritableArchive(f"“{shown(path)}” is not a file; name the .jsonl file to write.")
    try:
        with _under_another_name(path) as file:
            yield lambda line: _add(file, line)
    except OSError as error:
        raise UnwritableArchive(f"“{shown(path)}” cannot be written: {error.strerror}.") from error


@contextmanager
def _under_another_name(path: Path) -> Iterator[IO[str]]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _add(file: IO[str], line: dict[str, Any]) -> None:
    file.write(json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS) + "\n")
