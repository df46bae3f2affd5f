"""The last step before HTML may be shown: an allow list of tags, attributes and addresses.

Everything that changes HTML happens in this one pass, so that nothing comes after it. Mutation
attacks need SVG, MathML, style or template; none of them is on the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from app.core.text.entities import disarm_entities
from app.core.text.filters import Headings, Links, Pictures, Shape, Token, mark_new_link

TAGS = {
    "a", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "s",
    "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul",
}  # fmt: skip
# `class` of a picture only tells the filter what it is; it never comes out.
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "class"}}
PROTOCOLS = frozenset(("http", "https", "mailto", "upload"))

MAX_PASSES = 5

_CHECKED = {
    ("code", "class"): re.compile(r"language-[A-Za-z0-9_#.+-]{1,30}"),
    ("ol", "start"): re.compile(r"[0-9]{1,9}"),
    ("td", "align"): re.compile(r"left|center|right"),
    ("th", "align"): re.compile(r"left|center|right"),
}
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Bare "example.com" stays text: main.py and start.sh would be links too.
_WEB_ADDRESS = re.compile(
    r"(?<![\w@/.:])(?:https?://|www\.)[^\s<>\"{}|\\^`]{0,1998}[^\s<>\"{}|\\^`.,:;!?'*_~…“”„‚‘’]",
    re.IGNORECASE,
)


def sanitise(html: str, *, demote: int = 0) -> str:
    """Return safe HTML, foreign tags shown as text; doing it again changes nothing.

    `demote` lowers headings. For HTML of strangers: it is cleaned until it stays the same, because
    a parser moves what stands wrongly in a table and may move it again (`<table><p><li>`).
    """
    cleaned = sanitise_once(html, demote=demote)
    for _ in range(MAX_PASSES):
        again = sanitise_once(cleaned)
        if again == cleaned:
            return cleaned
        cleaned = again
    return escape(cleaned)


def sanitise_once(html: str, *, demote: int = 0) -> str:
    """The same for HTML that is properly nested, such as Markdown's, in half the time.

    About 50 µs a tag and 20 µs an entity; much more where tags are left open, so callers make sure
    that they are not.
    """
    # A new cleaner each time (0.2 ms): its parser is not safe for threads.
    cleaner = Cleaner(
        tags=TAGS,
        attributes=_is_allowed,
        protocols=PROTOCOLS,
        strip=False,
        filters=[
            partial(Headings, demote=demote),
            Shape,
            Pictures,
            Links,
            _link_addresses,
        ],
    )
    return str(cleaner.clean(disarm_entities(_CONTROL.sub("", html))))


class _WebAddresses(LinkifyFilter):  # type: ignore[misc]
    """Makes links of bare addresses."""

    def extract_entities(self, token: Token) -> Iterator[Token]:
        """Nothing: the sanitiser did that, and a second time would make `<` of `&amp;lt;`."""
        yield token


_link_addresses = partial(
    _WebAddresses, callbacks=[mark_new_link], skip_tags={"pre", "code"}, url_re=_WEB_ADDRESS
)


def _is_allowed(tag: str, name: str, value: str) -> bool:
    checked = _CHECKED.get((tag, name))
    if checked:
        return bool(checked.fullmatch(value))
    return name in ATTRIBUTES.get(tag, ())
