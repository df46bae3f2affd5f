"""The caps: a text within them renders in at most half a second, whatever it contains.

Each number was chosen between two measurements: the largest value in 8,659 real posts (in
brackets) and the value where the time begins to hurt. Code blocks do not count, they cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.text.code import split_code
from app.core.text.errors import MAX_CHARACTERS, MAX_LINES, TextError

MAX_EMPHASIS_MARKS = 400  # runs of * _ ~ in a block (93); pairing and nesting are quadratic
MAX_EMPHASIS_CHARACTERS = 2_000  # in these runs together; `***…a***…` nests once for two
MAX_BACKTICKS = 400  # runs in a block (16); each may be looked for up to the end of the block
MAX_BRACKETS = 1_000  # [ in a block (50)
MAX_ESCAPES = 2_000  # \\ in a block; each copies the block once
MAX_MARKERS = 20  # list and quote markers at the start of one line (3); each is a recursion

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_EMPHASIS = re.compile(r"\*+|_+|~+")
_BACKTICKS = re.compile(r"`+")
_MARKERS = re.compile(
    rf"^[ \t]*(?:(?:>|(?:[*+-]|\d{{1,9}}[.)])[ \t])[ \t]*+){{{MAX_MARKERS + 1}}}", re.M
)


@dataclass(frozen=True)
class Limits:
    """`weight` is what the sanitiser may get: tags and web addresses; entities are a half."""

    characters: int
    lines: int
    weight: int


POST = Limits(characters=MAX_CHARACTERS, lines=MAX_LINES, weight=3_600)  # (180)
IMPORTED = Limits(characters=100_000, lines=7_500, weight=12_000)
IMPORTED_HTML = Limits(characters=100_000, lines=100_000, weight=7_000)  # cleaned twice


def check_source(text: str, limits: Limits) -> None:
    """Raise TextError unless `text` (Markdown) is within the caps."""
    if len(text) > limits.characters:
        raise TextError("too_long")
    if text.count("\n") >= limits.lines:
        raise TextError("too_many_lines")
    prose = "\n".join(part if isinstance(part, str) else "" for part in split_code(text))
    if text.count("\t") * 3 > limits.characters or _MARKERS.search(prose):
        raise TextError("too_dense")
    for block in _EMPTY_LINE.split(prose):
        _check_block(block)


def _check_block(block: str) -> None:
    emphasis = _EMPHASIS.findall(block)
    if (
        block.count("[") > MAX_BRACKETS
        or block.count("\\") > MAX_ESCAPES
        or len(emphasis) > MAX_EMPHASIS_MARKS
        or sum(map(len, emphasis)) > MAX_EMPHASIS_CHARACTERS
        or len(_BACKTICKS.findall(block)) > MAX_BACKTICKS
    ):
        raise TextError("too_dense")


def check_weight(html: str, limits: Limits) -> None:
    """Raise TextError if cleaning `html` (well-formed) would take too long."""
    addresses = html.count("://") + html.count("www.")
    if html.count("<") + addresses + html.count("&") // 2 > limits.weight:
        raise TextError("too_dense")
