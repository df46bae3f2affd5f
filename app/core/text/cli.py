"""`flask render-text`: what a post would show, from the command line; needs no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO

import click

from app.core.text.errors import MAX_CHARACTERS, MAX_LINES, Code, TextError
from app.core.text.rendering import render

# Outside checks know two errors; for them the caps are all a question of too much.
_PUBLIC_CODES: dict[Code, str] = {
    "too_long": "too_long",
    "too_many_lines": "too_long",
    "too_dense": "too_long",
    "bad_character": "bad_character",
}
_REASONS: dict[Code, str] = {
    "too_long": f"the text is longer than {MAX_CHARACTERS} characters",
    "too_many_lines": f"the text has more than {MAX_LINES} lines",
    "too_dense": "the text has too many formatting characters close together",
    "bad_character": "the text has a character that cannot be stored, or is not UTF-8",
}


@click.command("render-text")
@click.option("--jsonl", is_flag=True, help='One {"text"} a line in, one {"html"} a line out.')
def render_text_command(jsonl: bool) -> None:
    """Render Markdown from standard input as the safe HTML of a post."""
    source = sys.stdin.buffer
    target = sys.stdout.buffer
    if jsonl:
        _write_lines(rendered_lines(source), target)
    else:
        try:
            _write_lines([render(_decoded(source.read()))], target)
        except TextError as error:
            raise click.ClickException(f"{error.code}: {_REASONS[error.code]}") from error


def rendered_lines(lines: Iterable[bytes]) -> Iterator[str]:
    """One JSON line for each line, whatever is in it; what is no text is a bad character."""
    for line in lines:
        try:
            answer: dict[str, str | None] = {"html": render(_text_of(line))}
        except TextError as error:
            answer = {"html": None, "error": _PUBLIC_CODES[error.code]}
        yield json.dumps(answer, ensure_ascii=False)


def _text_of(line: bytes) -> str:
    try:
        record = json.loads(_decoded(line))
    except (ValueError, RecursionError) as error:
        raise TextError("bad_character") from error
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise TextError("bad_character")
    return text


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError("bad_character") from error


def _write_lines(lines: Iterable[str], target: IO[bytes]) -> None:
    for line in lines:
        target.write(line.encode() + b"\n")
        target.flush()
