"""Finds the code blocks of a post: ``` and ~~~ fences, and [code]…[/code] of older forums.

The renderer, the caps and the search for mentions all use this one scanner, so that they can
never disagree about what is code. It reads every line once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_LANGUAGE_CHARACTERS = 30

_OPENING = re.compile(
    r"(?P<indent> *)(?P<fence>`{3,}|~{3,}) *(?P<language>[\w#+.-]*)(?P<rest>[^`]*)", re.ASCII
)
_BB_OPENING = re.compile(r"\[code(?:=([\w#+.-]{1,30}))?\]", re.IGNORECASE | re.ASCII)
_BB_CLOSING = re.compile(r"\[/code\]", re.IGNORECASE)
_LIST_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)]) ")


@dataclass(frozen=True)
class Code:
    """A code block; `indent` says how deep in a list it stands."""

    text: str
    language: str
    indent: int


def split_code(source: str) -> Iterator[str | Code]:
    """Yield the lines of `source` in order, each code block as one Code."""
    return _Scanner(source.split("\n")).run()


class _Scanner:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.in_list = False
        self.last_bb_closing = max(
            (n for n, line in enumerate(lines) if _BB_CLOSING.search(line)), default=-1
        )

    def run(self) -> Iterator[str | Code]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            fence = self._fence(line)
            if fence:
                yield self._fenced(fence)
            elif self.at <= self.last_bb_closing and (opening := _BB_OPENING.search(line)):
                yield from self._bracketed(line, opening)
            else:
                self._notice_list(line)
                self.at += 1
                yield line

    def _notice_list(self, line: str) -> None:
        if _LIST_ITEM.match(line):
            self.in_list = True
        elif line.strip() and not line.startswith(" "):
            self.in_list = False

    def _fence(self, line: str) -> re.Match[str] | None:
        match = _OPENING.fullmatch(line)
        if match and (self.in_list or len(match["indent"]) <= 3):
            return match
        return None

    def _fenced(self, opening: re.Match[str]) -> Code:
        """An unclosed fence runs to the end, as on other sites."""
        indent, fence = len(opening["indent"]), opening["fence"]
        self.at += 1
        inside = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            bare = line.strip()
            if len(bare) >= len(fence) and not bare.strip(fence[0]):
                break
            inside.append(_without_indent(line, indent))
        return Code("\n".join(inside), opening["language"][:MAX_LANGUAGE_CHARACTERS], indent)

    def _bracketed(self, line: str, opening: re.Match[str]) -> Iterator[str | Code]:
        before, rest = line[: opening.start()], line[opening.end() :]
        inside = []
        closing = _BB_CLOSING.search(rest)
        while not closing and self.at < self.last_bb_closing:
            inside.append(rest)
            self.at += 1
            rest = self.lines[self.at]
            closing = _BB_CLOSING.search(rest)
        if not closing:  # the last [/code] stood before this opening, on the same line
            self.at += 1
            yield line
            return
        inside.append(rest[: closing.start()])
        if before.strip():
            yield before
        yield Code("\n".join(inside).strip("\n"), opening[1] or "", 0)
        self.lines[self.at] = rest[closing.end() :]


def _without_indent(line: str, indent: int) -> str:
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(indent, spaces) :]
