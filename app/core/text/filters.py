"""Changes to the stream of cleaned HTML: headings, pictures, links, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bleach.html5lib_shim import Filter

from app.core.text.addresses import is_external, link_address, picture_address, plain_value
from app.core.text.inline import EMOJI

REL = "ugc nofollow noopener"
LOWEST_HEADING = 6
MAX_TITLE_CHARACTERS = 300

Token = dict[str, Any]
_TAGS = ("StartTag", "EndTag", "EmptyTag")
_HEADING = re.compile("h[1-6]")
_EMOJI_ALT = re.compile(r":([\w+-]{1,40}):", re.ASCII)


class Headings(Filter):  # type: ignore[misc]
    """Lowers h1…h6 by `demote`, so that a post cannot compete with the page's own outline."""

    def __init__(self, source: Any, demote: int) -> None:
        super().__init__(source)
        self.demote = demote

    def __iter__(self) -> Iterator[Token]:
        for token in super().__iter__():
            if self.demote and token["type"] in _TAGS and _HEADING.fullmatch(token["name"]):
                token["name"] = f"h{min(int(token['name'][1]) + self.demote, LOWEST_HEADING)}"
            yield token


class Shape(Filter):  # type: ignore[misc]
    """Keeps a link out of a link, and the first empty line in code blocks.

    The inner link is renamed and not left out: other elements may depend on its being there.
    """

    def __iter__(self) -> Iterator[Token]:
        links: list[str] = []
        at_start_of_pre = False
        for token in super().__iter__():
            if at_start_of_pre and str(token.get("data", "")).startswith("\n"):
                token["data"] = "\n" + token["data"]  # parsers swallow the first one
            at_start_of_pre = token["type"] == "StartTag" and token["name"] == "pre"
            if _is_tag(token, "a") and token["type"] == "StartTag":
                if links:
                    token["name"], token["data"] = "span", {}
                links.append(token["name"])
            elif _is_tag(token, "a"):
                token["name"] = links.pop()
            yield token


class Pictures(Filter):  # type: ignore[misc]
    """Shows uploaded pictures; any other would tell its host who reads here, so it is a link."""

    def __iter__(self) -> Iterator[Token]:
        in_link = False
        for token in super().__iter__():
            if _is_tag(token, "a"):
                in_link = token["type"] == "StartTag"
            if _is_tag(token, "img"):
                if token["type"] != "EndTag":
                    yield from _picture(token, in_link)
            else:
                yield token


def _picture(token: Token, in_link: bool) -> Iterator[Token]:
    values = {name: plain_value(value) or "" for (_, name), value in token["data"].items()}
    alt = " ".join(values.get("alt", "").split())[:MAX_TITLE_CHARACTERS]
    classes = values.get("class", "").split()
    own = picture_address(values.get("src", ""))
    emoji = _EMOJI_ALT.fullmatch(alt)
    if own:
        token["data"] = {(None, "src"): own, (None, "alt"): alt}
        if values.get("title"):
            token["data"][(None, "title")] = values["title"][:MAX_TITLE_CHARACTERS]
        yield token
    elif emoji:
        yield _text(EMOJI.get(emoji[1], alt))
    elif "avatar" not in classes:
        yield from _link_instead(link_address(values.get("src", "")), alt, in_link)


def _link_instead(address: str | None, alt: str, in_link: bool) -> Iterator[Token]:
    if address and not in_link:
        yield {"type": "StartTag", "name": "a", "data": {(None, "href"): address}}
        yield _text(alt or address)
        yield {"type": "EndTag", "name": "a"}
    elif alt:
        yield _text(f"[{alt}]")


class Links(Filter):  # type: ignore[misc]
    """Rewrites every address to what was judged, marks external ones; others are spans."""

    def __iter__(self) -> Iterator[Token]:
        name = ""
        for token in super().__iter__():
            if _is_tag(token, "a"):
                if token["type"] == "StartTag":
                    token["data"] = _link_attributes(token["data"])
                    name = "a" if token["data"] else "span"
                token["name"] = name
            yield token


def _link_attributes(data: dict[tuple[str | None, str], str]) -> dict[tuple[str | None, str], str]:
    attributes: dict[tuple[str | None, str], str] = {}
    address = link_address(data.get((None, "href"), ""))
    title = plain_value(data.get((None, "title"), "")[: 2 * MAX_TITLE_CHARACTERS])
    if address:
        attributes[(None, "href")] = address
        if is_external(address):
            attributes[(None, "rel")] = REL
    if address and title:
        attributes[(None, "title")] = title[:MAX_TITLE_CHARACTERS]
    return attributes


def _is_tag(token: Token, name: str) -> bool:
    return token["type"] in _TAGS and token["name"] == name


def mark_new_link(attributes: dict[Any, str], is_new: bool) -> dict[Any, str] | None:
    """For the bare addresses that bleach has found; the other links went through Links."""
    if is_new:
        address = link_address(attributes["_text"])
        if address is None:
            return None
        attributes |= {(None, "href"): address, (None, "rel"): REL}
    return attributes


def _text(data: str) -> Token:
    return {"type": "Characters", "data": data}
