"""Reads posts instead of showing them: plain text for index and mail, excerpts, mentions."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from app.core.text.code import split_code
from app.core.text.entities import disarm_entities
from app.core.text.inline import CODE_SPAN
from app.core.text.quotes import quotes_to_markdown

_BLOCKS = {
    "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "table", "tr", "ul",
}  # fmt: skip
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t]+")
_EMPTY_LINES = re.compile(r"\n\s*\n+")
# The names that accounts may have: 3–30 characters, `. _ -` only inside.
_MENTION = re.compile(r"(?<![\w@/.+-])@([^\W_][\w.-]{1,28}[^\W_])(?![\w@])")
_CODE_SPAN = re.compile(CODE_SPAN, re.DOTALL)
_QUOTED = re.compile(r" {0,3}>")


def plain(html: str) -> str:
    """Return the text of rendered HTML: one line a block, pictures as their alt text."""
    reader = _Reader()
    reader.feed(disarm_entities(html))
    reader.close()
    text = _SPACES.sub(" ", "".join(reader.parts))
    lines = (line.strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n", "\n".join(lines)).strip()


def excerpt(text: str, length: int) -> str:
    """At most `length` characters on one line, cut between words if one ends in the last third."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    cut = text[: length - 1]
    space = cut.rfind(" ")
    if text[length - 1].isalnum() and space >= length * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ,.;:–-") + "…"


def mentions(source: str) -> list[str]:
    """The @names of a post in order, each once, as typed; not those in code or in quotes.

    Quoting somebody must not call everybody again who was named there.
    """
    lines = quotes_to_markdown(_without_blocks(source), attribution=lambda _: "").split("\n")
    own = "\n".join(line for line in lines if not _QUOTED.match(line))
    names = _MENTION.findall(_CODE_SPAN.sub(" ", own))
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


def without_code(source: str) -> str:
    """What a post says in words: its source without code blocks and code spans."""
    return _CODE_SPAN.sub(" ", _without_blocks(source))


def _without_blocks(source: str) -> str:
    return "\n".join(part for part in split_code(source) if isinstance(part, str))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")
        elif tag == "img":
            self.parts.append(f" {dict(attrs).get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if self.in_code else data.replace("\n", " "))
