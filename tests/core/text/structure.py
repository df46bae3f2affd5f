"""What rendered HTML may consist of, written down a second time and read with another parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = set(
    "a b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p "  # noqa: SIM905
    "pre s samp small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
ATTRIBUTES = {
    ("a", "href"): r"(https?://[^/].*|mailto:.+|//.+|/(?![/\\]).*|/|#.*)",
    ("a", "rel"): r"ugc nofollow noopener",
    ("a", "title"): r".*",
    ("img", "src"): r"/uploads(/[\w-][\w.-]*)+",
    ("img", "alt"): r".*",
    ("img", "title"): r".*",
    ("code", "class"): r"language-[\w#.+-]{1,30}",
    ("ol", "start"): r"\d{1,9}",
    ("td", "align"): r"left|center|right",
    ("th", "align"): r"left|center|right",
}
OWN_ADDRESS = re.compile(r"/(?![/\\])|/$|#")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def faults(html: str) -> list[str]:
    """Everything in `html` that is not on the lists; empty if it is safe."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if UNREADABLE.search(html):
        reader.found.append("unreadable character")
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            pattern = ATTRIBUTES.get((tag, name))
            if pattern is None or not re.fullmatch(
                pattern, value or "", re.ASCII | re.DOTALL | re.I
            ):
                self.found.append(f"<{tag} {name}={value!r}>")
        self._check_link(tag, dict(attrs))

    def _check_link(self, tag: str, attrs: dict[str, str | None]) -> None:
        address = attrs.get("href")
        if tag == "a" and address and not OWN_ADDRESS.match(address):
            if attrs.get("rel") != "ugc nofollow noopener":
                self.found.append(f"external link without rel: {address}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")
