"""One kept page, and the shelf of all pages of this process."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from functools import cached_property, lru_cache

from werkzeug.datastructures import ETags
from werkzeug.http import parse_accept_header, parse_etags

from app.core.cache.versions import Seen

KEPT_SECONDS = 300  # no version is trusted longer; the form token in the page lives 11 hours
GZIP_LEVEL = 5  # made once for a page
ENTRY_BYTES = 2_000  # about what an entry needs besides its bodies
SMALLEST_GZIP = 500  # bytes; below it, compressing saves nothing

Headers = list[tuple[str, str]]


class Page:
    """A whole answer with status 200, ready for every kind of request."""

    def __init__(self, body: bytes, headers: Headers) -> None:
        self.body = body
        digest = hashlib.blake2b(body, digest_size=16)
        digest.update(repr(headers).encode())
        self.tag = digest.hexdigest()
        self._headers = headers

    @cached_property
    def zipped(self) -> bytes:
        """Made when somebody first asks for it; empty where it would save nothing."""
        body = self.body
        return gzip.compress(body, GZIP_LEVEL, mtime=0) if len(body) >= SMALLEST_GZIP else b""

    @property
    def size(self) -> int:
        """About what it takes in memory, compressed body included: HTML shrinks to a fourth."""
        return len(self.body) * 5 // 4 + ENTRY_BYTES

    def answer(self, accepted: str, if_none_match: str) -> tuple[str, Headers, bytes]:
        """Status, headers and body for this Accept-Encoding and If-None-Match."""
        zipped = takes_gzip(accepted) and bool(self.zipped)
        tag = f"{self.tag}-gzip" if zipped else self.tag
        headers = [*self._headers, ("ETag", f'"{tag}"')]
        if if_none_match and _known(if_none_match).contains_weak(tag):
            return "304 Not Modified", headers, b""
        body = self.zipped if zipped else self.body
        if zipped:
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        return "200 OK", headers, body


class Shelf:
    """Pages by key within a number of bytes; the one not asked for longest goes first."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, tuple[Page, Seen, float]] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable, versions: Seen) -> Page | None:
        """The page under this key if it still shows what these versions stand for."""
        entry = self._pages.get(key)
        if entry is None or entry[1] != versions or time.monotonic() > entry[2]:
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, page: Page, versions: Seen) -> None:
        if page.size > self._max_bytes:
            return
        with self._lock:
            self._drop([key])
            self._pages[key] = page, versions, time.monotonic() + KEPT_SECONDS
            self.bytes += page.size
            while self.bytes > self._max_bytes:
                self._drop([next(iter(self._pages))])

    def _drop(self, keys: Iterable[Hashable]) -> None:
        for key in keys:
            entry = self._pages.pop(key, None)
            self.bytes -= entry[0].size if entry else 0


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Does this Accept-Encoding allow gzip?"""
    return "gzip" in accepted.lower() and parse_accept_header(accepted).quality("gzip") > 0


@lru_cache(maxsize=256)
def _known(if_none_match: str) -> ETags:
    return parse_etags(if_none_match)
