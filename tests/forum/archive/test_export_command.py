"""The command `export-archive`: what it says, and a file that is complete or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.forum.archive.export import UnwritableArchive, archive_file
from tests import cast
from tests.forum.archive.samples import import_file


def test_the_command_says_what_it_wrote_and_keeps_the_file_to_its_owner(app, tmp_path):
    cast.accept(cast.make_post(cast.make_topic()))
    cast.make_topic(board_slug="team")
    path = tmp_path / "archive.jsonl"
    result = app.test_cli_runner().invoke(args=["export-archive", str(path), "--json"])
    assert json.loads(result.stdout) == {"topics": 1, "posts": 2, "accounts": 2, "solutions": 1, "score": 0}  # fmt: skip
    assert path.stat().st_mode & 0o777 == 0o600
    again = import_file(app, path)
    assert (again["topics"], again["refused"]) == (1, [])
    said = app.test_cli_runner().invoke(args=["export-archive", str(path), "--all"])
    assert said.stdout == "3 topics, 5 posts, 4 accounts, 2 solutions, score 0\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/nowhere/at/all.jsonl"], "Error: “/nowhere/at/all.jsonl” cannot be written: No such file or directory.\n"),
        (["/dev"], "Error: “/dev” is not a file; name the .jsonl file to write.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_one_line(app, arguments, sentence):
    result = app.test_cli_runner().invoke(args=["export-archive", *arguments])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(sentence)


def test_lines_and_report_do_not_share_standard_output(app):
    result = app.test_cli_runner().invoke(args=["export-archive", "-", "--json"])
    assert result.exit_code == 2


def test_an_older_file_stays_until_the_new_one_is_complete(tmp_path):
    path = tmp_path / "archive.jsonl"
    path.write_text("old")
    with pytest.raises(RuntimeError), archive_file(path) as write:
        write({"thread_id": 1})
        raise RuntimeError
    assert [(p.name, p.read_text()) for p in _files(tmp_path)] == [("archive.jsonl", "old")]
    with archive_file(path) as write:
        write({"title": "a\x85b\u2028c"})
        assert path.read_text() == "old"
    assert [(p.name, p.read_text()) for p in _files(tmp_path)] == [
        ("archive.jsonl", '{"title": "a\\u0085b\\u2028c"}\n')
    ]
    with pytest.raises(UnwritableArchive), archive_file(tmp_path):
        pass


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()))
