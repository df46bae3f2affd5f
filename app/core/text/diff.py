"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

MAX_LINES = 1_000  # of both together; comparing costs up to their product
AROUND = 2  # unchanged lines shown before and after a change

Change = tuple[Literal["same", "out", "in", "gap"], str]


def changed_lines(before: str, after: str) -> list[Change]:
    """Lines in order: kept, taken out, put in; `gap` stands for kept ones left out.

    Plain text; the template escapes it. Very long texts are shown as replaced altogether.
    """
    old, new = _lines(before), _lines(after)
    if before == after:
        return []
    if len(old) + len(new) > MAX_LINES:
        return [*_all("out", old), *_all("in", new)]
    return list(_changes(old, new))


def _lines(text: str) -> list[str]:
    """Nothing is no line; split() would make an empty one of it, which then looks taken out."""
    return text.split("\n") if text else []


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    last = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][1] > last:
            yield "gap", ""
        for tag, i, j, k, m in group:
            if tag == "equal":
                yield from _all("same", old[i:j])
            else:
                yield from _all("out", old[i:j])
                yield from _all("in", new[k:m])
        last = group[-1][2]
    if last < len(old):
        yield "gap", ""


def _all(kind: Literal["same", "out", "in"], lines: list[str]) -> list[Change]:
    return [(kind, line) for line in lines]
