"""An archive's lines: a file → numbered raw lines → JSON objects, or the reason why one is none."""

from __future__ import annotations

import codecs
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from app.forum.archive.refusal import Refusal, shown, type_name

MIB = 1024 * 1024
MAX_LINE_BYTES = 64 * MIB  # 600 posts of full length; a file without line ends must not fill memory


class UnreadableArchive(Exception):
    """The file as a whole cannot be read; the text is a sentence for the operator."""


@dataclass(frozen=True)
class Line:
    """`number` counts from 1; `end` is the file position behind the line; raw is None if too long."""

    number: int
    end: int
    raw: bytes | None


def size(path: Path) -> int:
    """Bytes, 0 for a pipe. Raises UnreadableArchive with a sentence for what is neither."""
    with _readable(path):
        found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISFIFO(found.st_mode)):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "not a file"
        raise UnreadableArchive(f"“{shown(path)}” is {what}; name the .jsonl file.")
    return found.st_size


def open_archive(path: Path) -> BinaryIO:
    """Raises UnreadableArchive."""
    size(path)
    with _readable(path):
        return path.open("rb")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableArchive(f"There is no file “{shown(path)}”.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableArchive(f"“{shown(path)}” cannot be read: {reason}.") from error


def numbered_lines(file: BinaryIO) -> Iterator[Line]:
    """Every line, without ever holding more than one of at most MAX_LINE_BYTES."""
    number = end = 0
    try:
        while raw := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            end += len(raw)
            too_long = len(raw) > MAX_LINE_BYTES
            if too_long:
                end += _skip_rest(file, raw)
            yield Line(number, end, None if too_long else _without_bom(raw, number))
    except OSError as error:
        raise UnreadableArchive(
            f"Reading stopped after line {number}: {error.strerror}."
        ) from error


def _skip_rest(file: BinaryIO, part: bytes) -> int:
    skipped = 0
    while part and not part.endswith(b"\n"):
        part = file.readline(MIB)
        skipped += len(part)
    return skipped


def _without_bom(raw: bytes, number: int) -> bytes:
    """Some editors begin a file with a mark; that is no fault of the first line."""
    return raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw


def read_object(line: Line) -> dict[str, Any]:
    """The line's JSON object. Raises Refusal."""
    if line.raw is None:
        raise Refusal(f"The line is longer than {MAX_LINE_BYTES // MIB} MiB.")
    if not line.raw.strip():
        raise Refusal("The line is empty.")
    data = _parse(_decode(line.raw))
    if not isinstance(data, dict):
        raise Refusal(f"The line must be a JSON object, not {type_name(data)}.")
    return data


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise Refusal(f"The line is not UTF-8 (byte {error.start + 1}).") from error


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or error.msg.startswith("Unterminated"):
            raise Refusal("The line breaks off: its JSON is not complete.") from error
        raise Refusal(f"The line is not valid JSON (column {error.pos + 1}).") from error
    except RecursionError as error:
        raise Refusal("The line's JSON is nested too deeply.") from error
    except ValueError as error:  # Python refuses to read numbers of more than 4,300 digits
        raise Refusal("The line contains a number with too many digits.") from error


def _no_constant(name: str) -> NoReturn:
    raise Refusal(f"The line is not valid JSON: {name} is not a value that JSON knows.")
