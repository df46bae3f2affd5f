"""From bytes to objects: what is no line of an archive is named, and nothing fills the memory."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.forum.archive import lines
from app.forum.archive.refusal import Refusal
from tests.forum.archive.samples import write

DEEP = "[" * 100_000 + "]" * 100_000


def read(path: Path) -> list[Any]:
    """For each line its object or the reason why it is none."""
    found: list[Any] = []
    with lines.open_archive(path) as file:
        for line in lines.numbered_lines(file):
            try:
                found.append(lines.read_object(line))
            except Refusal as refusal:
                found.append(refusal.reason)
    return found


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ('{"thread_id": 1, "tit', "The line breaks off: its JSON is not complete."),
        ('{"thread_id": 1', "The line breaks off: its JSON is not complete."),
        ('{"thread_id": tru}', "The line is not valid JSON (column 15)."),
        ("{} {}", "The line is not valid JSON (column 4)."),
        ("", "The line is empty."),
        ("  \t\r", "The line is empty."),
        ("[1, 2]", "The line must be a JSON object, not a list."),
        ("null", "The line must be a JSON object, not null."),
        ("12", "The line must be a JSON object, not a number."),
        (b'{"title": "\xe4"}', "The line is not UTF-8 (byte 12)."),
        ('{"title": "Übung"}'.encode("utf-16"), "The line is not UTF-8 (byte 1)."),
        (DEEP, "The line's JSON is nested too deeply."),
        ('{"x":' * 100_000, "The line's JSON is nested too deeply."),
        (f'{{"likes": {"9" * 5_000}}}', "The line contains a number with too many digits."),
        (
            '{"likes": NaN}',
            "The line is not valid JSON: NaN is not a value that JSON knows.",
        ),
        (
            '{"likes": -Infinity}',
            "The line is not valid JSON: -Infinity is not a value that JSON knows.",
        ),
        ("\ufeff{}", "The line is not valid JSON (column 1)."),
    ],
)
def test_a_broken_line_is_named_and_its_neighbours_are_read(tmp_path, raw, reason):
    path = write(tmp_path / "a.jsonl", {"n": 1}, raw, {"n": 3})
    assert read(path) == [{"n": 1}, reason, {"n": 3}]


def test_a_byte_order_mark_before_the_first_line_is_no_fault(tmp_path):
    assert read(write(tmp_path / "a.jsonl", "\ufeff" + json.dumps({"n": 1}))) == [{"n": 1}]


def test_windows_line_ends_and_a_missing_last_one_are_no_fault(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"n": 1}\r\n{"n": 2}')
    assert read(path) == [{"n": 1}, {"n": 2}]


def test_separators_inside_a_text_end_no_line(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"n": "a\u2028b\x85c"}'.replace("\x85", "\u0085"))
    assert read(path) == [{"n": "a\u2028b\u0085c"}]


def test_a_line_without_end_is_skipped_without_filling_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "MAX_LINE_BYTES", 2 * lines.MIB)
    path = write(tmp_path / "a.jsonl", b"x" * (5 * lines.MIB), {"n": 2})
    assert read(path) == ["The line is longer than 2 MiB.", {"n": 2}]


def test_the_end_of_each_line_is_its_place_in_the_file(tmp_path):
    path = write(tmp_path / "a.jsonl", b"\xef\xbb\xbf{}", "{}", b"x" * 100)
    with lines.open_archive(path) as file:
        ends = [line.end for line in lines.numbered_lines(file)]
    assert ends == [6, 9, path.stat().st_size]


def test_what_cannot_be_read_is_one_clear_line(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert lines.size(pipe) == 0
    for path, sentence in {
        tmp_path / "none": "There is no file “",
        tmp_path: "is a folder; name the .jsonl file.",
        Path("/dev/null"): "is not a file; name the .jsonl file.",
        tmp_path / ("x" * 300): "cannot be read: File name too long.",
    }.items():
        with pytest.raises(lines.UnreadableArchive, match=sentence):
            lines.open_archive(path)
