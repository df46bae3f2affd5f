"""The text pipeline from the command line, for checks from outside."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from app.core.text.cli import render_text_command, rendered_lines
from tests.data_sets import json_lines

BAD = {"html": None, "error": "bad_character"}
LONG = {"html": None, "error": "too_long"}


def run(source: bytes, *options: str) -> Result:
    return CliRunner().invoke(render_text_command, options, input=source)


def test_markdown_in_html_out() -> None:
    result = run("**ä**\n".encode())
    assert (result.exit_code, result.stdout) == (0, "<p><strong>ä</strong></p>\n")


@pytest.mark.parametrize(
    "source, code",
    [
        (b"a" * 20_001, "too_long"),
        (b"a\n" * 1_501, "too_many_lines"),
        (b"*a " * 500, "too_dense"),
        (b"a\x00", "bad_character"),
        (b"\xff", "bad_character"),
    ],
)
def test_a_refused_text_is_one_line_on_standard_error(source: bytes, code: str) -> None:
    result = run(source)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert code in result.stderr


@pytest.mark.parametrize(
    "line, answer",
    [
        (b'{"text": "a", "more": 1}', {"html": "<p>a</p>"}),
        (b'{"text": ""}', {"html": ""}),
        (b"", BAD),
        (b"a", BAD),
        (b"[" * 100_000, BAD),
        (b"[]", BAD),
        (b"{}", BAD),
        (b'{"text": 1}', BAD),
        (b'{"text": null}', BAD),
        (b'{"text": ["a"]}', BAD),
        (b'{"text": "\\ud800"}', BAD),
        (b'{"text": "\\u0000"}', BAD),
        (b'{"text": "\xff"}', BAD),
        (b'{"text": ' + b"1" * 5_000 + b"}", BAD),
        (json.dumps({"text": "a" * 20_001}).encode(), LONG),
        (json.dumps({"text": "a\n" * 1_501}).encode(), LONG),
        (json.dumps({"text": "`a" * 500}).encode(), LONG),
    ],
)
def test_every_line_has_an_answer(line: bytes, answer: dict[str, str | None]) -> None:
    result = run(line + b'\n{"text": "b"}', "--jsonl")
    assert result.exit_code == 0
    assert [json.loads(out) for out in result.stdout.splitlines()] == [answer, {"html": "<p>b</p>"}]


def test_no_line_waits_for_the_next() -> None:
    taken = []

    def lines() -> Iterator[bytes]:
        for number in range(3):
            taken.append(number)
            yield b'{"text": "a"}\n'

    answers = rendered_lines(lines())
    next(answers)
    assert taken == [0]


def test_a_large_file_is_quick() -> None:
    payloads = [line["payload"] for line in json_lines("sec_xss", "xss.jsonl")][::3]
    source = "\n".join(json.dumps({"text": payload}) for payload in payloads).encode()
    start = time.process_time()
    result = run(source, "--jsonl")
    assert result.stdout.count("\n") == len(payloads)
    assert time.process_time() - start < 4
