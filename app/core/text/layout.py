"""Prepares the lines of a post for Markdown, so that people get what they meant.

A list may follow its sentence without an empty line, "1)" counts as "1.", and headings and rules
stand alone. The last also keeps Markdown quick: it reads a block again for every heading in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LIST_START = re.compile(r" {0,3}(?:[*+-]|1\.) +\S")
_LIST_LINE = re.compile(r" *(?:[*+-]|\d{1,9}\.) ")
_BRACKET_NUMBER = re.compile(r"( *\d{1,9})\) ")
_HEADING = re.compile(r"#{1,6} +\S")
_RULE = re.compile(r" {0,3}([-*_])(?: {0,2}\1){2,} *")


def arrange(lines: list[str]) -> Iterator[str]:
    """Yield the lines with the empty lines that Markdown needs between blocks."""
    previous = ""
    in_list = False
    for line in lines:
        line = _with_dot(line)
        alone = _stands_alone(line)
        starts_list = not in_list and not alone and bool(_LIST_START.match(line))
        if alone or _stands_alone(previous) or (starts_list and previous[:1] not in " >"):
            yield ""
        in_list = _still_in_list(in_list, line, previous)
        yield _without_closing_marks(line) if line.startswith("#") else line
        previous = line


def _with_dot(line: str) -> str:
    number = _BRACKET_NUMBER.match(line)
    return f"{number[1]}. {line[number.end() :]}" if number else line


def _stands_alone(line: str) -> bool:
    return bool(_HEADING.match(line) or _RULE.fullmatch(line))


def _still_in_list(in_list: bool, line: str, previous: str) -> bool:
    if _stands_alone(line):
        return False
    if _LIST_LINE.match(line):
        return in_list or bool(_LIST_START.match(line)) or not previous.strip()
    return in_list and (not line.strip() or line.startswith(" ") or bool(previous.strip()))


def _without_closing_marks(line: str) -> str:
    """`## Title ##` → `## Title`, but `# C#` stays."""
    head, _, last = line.rstrip().rpartition(" ")
    return head if last and head and not last.strip("#") and head.strip("# ") else line
