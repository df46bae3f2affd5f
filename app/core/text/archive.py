"""Brings HTML of other forums into a shape that can be cleaned quickly, and into text if not.

This is about time, not about safety: `sanitise` still judges everything that comes out of here.
A real HTML parser needs quadratic time for unclosed tags (54 s for 20,000 `<div>`). Here each
character is read once, tags are closed in order and nest at most MAX_DEPTH deep.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.text.entities import disarm_entities
from app.core.text.sanitise import TAGS

MAX_DEPTH = 40

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30}+)"
    r"(?P<rest>(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'){0,200}+)>"
)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>href|src|alt|title|class|start|align)\s{0,9}=\s{0,9}"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>`]+))",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_VOID = frozenset(("br", "hr", "img"))
_UNSEEN = {
    "applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "math", "noembed",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video", "xmp",
}  # fmt: skip
_BOXES = {
    "address", "article", "aside", "center", "details", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "main", "nav", "section", "summary",
}  # fmt: skip
_SAME_AS = dict.fromkeys(_BOXES, "div") | {
    "strike": "s", "tt": "code", "q": "cite", "var": "i", "dfn": "i", "big": "b", "mark": "b",
}  # fmt: skip
_ENDS_PARAGRAPH = {
    "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre",
    "table", "ul",
}  # fmt: skip
_BLOCKS = _ENDS_PARAGRAPH | {"dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr"}
# A new one closes an open one of the first set, unless one of the second stands between.
_CLOSES = {
    "li": ({"li"}, {"ul", "ol"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr"}, {"table"}),
    "tbody": ({"thead", "tbody", "tfoot"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tfoot"}, {"table"}),
    "a": ({"a"}, set()),
} | dict.fromkeys(
    _ENDS_PARAGRAPH,
    ({"p"}, {"blockquote", "dd", "div", "dt", "li", "td", "th", "table"}),
)


@dataclass(frozen=True)
class Tag:
    name: str
    is_end: bool
    rest: str


def tidy(source: str) -> str:
    """The same HTML with allowed tags only, properly nested."""
    return "".join(_nested(_tokens(source)))


def as_text(source: str) -> str:
    """The text of the HTML, each block on lines of its own."""
    parts = (
        ("\n\n" if token.name in _BLOCKS else "\n" if token.name == "br" else "")
        if isinstance(token, Tag)
        else html.unescape(_SPACES.sub(" ", token))
        for token in _tokens(disarm_entities(source))
    )
    return "".join(parts)


def _tokens(source: str) -> Iterator[str | Tag]:
    """Text (a stray `<` included) and tags; comments and what scripts contain are left out."""
    lower = source.lower() if len(source.lower()) == len(source) else source
    never_closed: set[str] = set()
    at = 0
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            yield source[at:]
            return
        if start > at:
            yield source[at:start]
        at = start + 1
        match = _TAG.match(source, start)
        if match:
            at = match.end()
            name = match["name"].lower()
            if name in _UNSEEN and not match["end"]:
                at = _after(lower, f"</{name}", at, never_closed)
            else:
                yield Tag(_SAME_AS.get(name, name), bool(match["end"]), match["rest"])
        elif source.startswith("<!--", start):
            at = _after(lower, "-->", at, never_closed)
        elif source.startswith(("<!", "<?", "</"), start):
            at = _after(lower, ">", at, never_closed)
        else:
            yield "<"


def _after(text: str, end: str, at: int, never_closed: set[str]) -> int:
    """Where `end` ends; `at` if it never comes, which is looked for only once."""
    found = -1 if end in never_closed else text.find(end, at)
    if found < 0:
        never_closed.add(end)
        return at
    if end.startswith("</"):
        found = max(text.find(">", found), found)
        return found + 1
    return found + len(end)


def _nested(tokens: Iterator[str | Tag]) -> Iterator[str]:
    stack: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            yield token.replace("<", "&lt;").replace(">", "&gt;")
        elif token.name not in TAGS:
            continue
        elif token.is_end:
            if token.name in stack:
                yield from _close(stack, token.name)
        else:
            yield from _close_before(stack, token.name)
            if token.name in _VOID:
                yield _start(token)
            elif len(stack) < MAX_DEPTH:
                stack.append(token.name)
                yield _start(token)
    while stack:
        yield f"</{stack.pop()}>"


def _close_before(stack: list[str], name: str) -> Iterator[str]:
    closed, barriers = _CLOSES.get(name, ((), ()))
    for open_name in reversed(stack):
        if open_name in closed:
            yield from _close(stack, open_name)
            return
        if open_name in barriers:
            return


def _close(stack: list[str], name: str) -> Iterator[str]:
    closing = ""
    while closing != name:
        closing = stack.pop()
        yield f"</{closing}>"


def _start(tag: Tag) -> str:
    kept: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag.rest):
        value = match["double"] or match["single"] or match["bare"] or ""
        kept.setdefault(match["name"].lower(), value)
    # Entities in the values stay as they are: `sanitise` decodes them.
    attributes = "".join(
        f' {name}="{value.replace(chr(34), "&quot;").replace("<", "&lt;")}"'
        for name, value in kept.items()
    )
    return f"<{tag.name}{attributes}>"
