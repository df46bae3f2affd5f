"""Where a form may lead afterwards: only to a page of our own."""

from __future__ import annotations

import re

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LENGTH = 1_000
_PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*", re.DOTALL)


def own_path(wanted: str | None) -> str | None:
    """`wanted` when it is the path of one of our pages that can be read, else None.

    Looks at the routes instead of at the text: whatever trick a text holds, a path that one of our
    own GET routes answers stays with us.
    """
    if not wanted or len(wanted) > LENGTH or not _PLAIN_PATH.fullmatch(wanted):
        return None
    path = wanted.partition("?")[0].partition("#")[0]
    try:
        current_app.url_map.bind("own.invalid").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return wanted
