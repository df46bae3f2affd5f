"""Which addresses a post may link to or show, judged as a browser would read them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bleach.html5lib_shim import convert_entities

MAX_ADDRESS_CHARACTERS = 2_000
MAX_ENTITY_LAYERS = 4

_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WEB = re.compile(r"https?://[^/\\?#\s]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s/]", re.IGNORECASE)
_UPLOAD = re.compile(r"/uploads(?:/[\w-][\w.-]*)+", re.ASCII)


def link_address(value: str) -> str | None:
    """The address to link to, or None. Own paths begin with one slash; `//host` is external."""
    address = _as_browsers_read(value)
    if address is None:
        return None
    if address.lower().startswith("www."):
        address = "https://" + address
    if _WEB.match(address) or _MAIL.match(address):
        return address if _can_be_parsed(address) else None
    if address.startswith(("/", "#")) and not address.startswith("/%5C"):
        return address if _can_be_parsed(address) else None
    return None


def _can_be_parsed(address: str) -> bool:
    """`http://a![` has no end of its IPv6 host; bleach would drop it the next time."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def is_external(address: str) -> bool:
    return address.startswith("//") or not address.startswith(("/", "#"))


def picture_address(value: str) -> str | None:
    """The path of an uploaded picture of this forum, or None for everything else."""
    address = _as_browsers_read(value)
    return address if address and _UPLOAD.fullmatch(address) else None


def plain_value(value: str) -> str | None:
    """`value` without any layer of entities; None if it never ends (`&amp;amp;amp;…`)."""
    value = value[:MAX_ADDRESS_CHARACTERS]  # also keeps numbers below what int() refuses
    for _ in range(MAX_ENTITY_LAYERS):
        decoded = _UNSTORABLE.sub("", str(convert_entities(value)))
        if decoded == value:
            return value
        value = decoded
    return None


def _as_browsers_read(value: str) -> str | None:
    if len(value) > MAX_ADDRESS_CHARACTERS:
        return None
    address = plain_value(value)
    if address is None:
        return None
    address = _IGNORED_BY_BROWSERS.sub("", address).strip(" ")
    if _FORBIDDEN.search(address):
        return None
    return address.replace(" ", "%20").replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
