"""Smaller answers: gzip for text that is made per request. Kept pages and assets bring their own."""

from __future__ import annotations

import gzip

from flask import Flask, request
from werkzeug.wrappers import Response

from app.core.cache.pages import SMALLEST_GZIP, takes_gzip
from app.core.web.headers import SESSION_COOKIES

GZIP_LEVEL = 1  # a third of the time of level 6, a fifth more bytes
KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
OWN_PAGES = ("same-origin", "none")


def init_compression(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(KINDS):
        return response
    response.vary.add("Accept-Encoding")
    if (
        takes_gzip(request.headers.get("Accept-Encoding", ""))
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and request.method != "HEAD"
        and _may_be_measured()
    ):
        body = response.get_data()
        if len(body) >= SMALLEST_GZIP:
            response.set_data(gzip.compress(body, GZIP_LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response


def _may_be_measured() -> bool:
    """False for a member's page that another website opened.

    Every page repeats its address, so a stranger who opens pages again and again and sees their
    compressed length could guess what else is on them (BREACH, docs/decisions/0058).
    """
    is_members = any(name in request.cookies for name in SESSION_COOKIES)
    return not is_members or request.headers.get("Sec-Fetch-Site") in OWN_PAGES
