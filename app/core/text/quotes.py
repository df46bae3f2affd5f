"""Turns [quote="name, post:1, topic:2"]…[/quote], as Discourse and phpBB write it, into "> "."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MAX_DEPTH = 4  # deeper quotes are shown at this depth; each level repeats every line inside it

_TAG = re.compile(r"\[quote(?:=(?P<by>[^\[\]\n]{0,200}))?\]|\[/quote\]", re.IGNORECASE)


def quotes_to_markdown(text: str, attribution: Callable[[str], str]) -> str:
    """Only pairs count; a lone tag stays as it is. `attribution(name)` gives the first line."""
    tags = _pairs(text)
    if not tags:
        return text
    return "\n".join(_lines(text, tags, attribution))


def _pairs(text: str) -> list[re.Match[str]]:
    open_tags: list[re.Match[str]] = []
    paired: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if tag[0][1] != "/":
            open_tags.append(tag)
        elif open_tags:
            paired += [open_tags.pop(), tag]
    return sorted(paired, key=lambda tag: tag.start())


def _lines(
    text: str, tags: list[re.Match[str]], attribution: Callable[[str], str]
) -> Iterator[str]:
    depth = 0
    yield text[: tags[0].start()]
    ends = [tag.start() for tag in tags[1:]] + [len(text)]
    for tag, end in zip(tags, ends, strict=True):
        before, depth = depth, depth + (-1 if tag[0][1] == "/" else 1)
        # The empty line ends the paragraph before it; else the next line would still belong to it.
        yield _marks(min(before, depth))
        if tag["by"]:
            yield _marks(depth) + attribution(_name(tag["by"]))
            yield _marks(depth)
        part = text[tag.end() : end]
        for line in part.strip("\n").split("\n"):
            yield _marks(depth) + line


def _marks(depth: int) -> str:
    return "> " * min(depth, MAX_DEPTH)


def _name(by: str) -> str:
    return by.strip("\"'“”„ ").split(",")[0].strip("\"'“”„ ")
