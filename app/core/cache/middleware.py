"""The page cache at the door: before routing, session and template.

A kept page is made from nothing but its key: the request that renders it is stripped of every header,
cookie and parameter that the key does not name. So no request can leave anything in a page for others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from app.config import Config
from app.core.cache.marks import PERSONAL, Mark
from app.core.cache.pages import Page, Shelf
from app.core.cache.redis_versions import RedisVersions
from app.core.cache.versions import MappedVersions, Versions
from app.core.languages import COOKIE, wanted_language
from app.core.web.headers import SESSION_COOKIES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FILE = "page-versions"
MOST_ROUTES = 10_000  # paths whose route is remembered
LONGEST = 1_000  # characters of a path, a query or a language header that we look at
LONGEST_VALUE = 80
JUST_DONE = "done"  # a page with a message for one visitor (app/pages.py)

_SESSION = re.compile(rf"(?:^|[;,\s])(?:{'|'.join(map(re.escape, SESSION_COOKIES))})=")
_KEPT_HEADERS = frozenset({"HTTP_HOST"})
_PER_ANSWER = frozenset({"content-length", "date", "server", "connection"})

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Wanted:
    """A page that may be kept: its key, and the names on which it depends."""

    key: Key
    names: tuple[str, ...]

    def environ(self, environ: WSGIEnvironment) -> WSGIEnvironment:
        """The request for this page, as if only the key had been sent."""
        _scheme, _host, _path, query, language = self.key
        bare = {
            name: value
            for name, value in environ.items()
            if not name.startswith(("HTTP_", "CONTENT_")) or name in _KEPT_HEADERS
        }
        return bare | {
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": query,
            "HTTP_ACCEPT_LANGUAGE": language,
            "wsgi.input": io.BytesIO(),
            PERSONAL: [],  # core.cache.personal() writes here
        }


class PageCache:
    """WSGI middleware around the whole app. Reads and answers for guests only."""

    def __init__(self, app: Flask, versions: Versions, max_bytes: int) -> None:
        self._app = app
        self._inner: WSGIApplication = app.wsgi_app
        self._versions = versions
        self._routes: dict[str, tuple[Mark, tuple[str, ...]] | None] = {}
        self.shelf = Shelf(max_bytes)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        wanted = self._wanted(environ)
        if wanted is None:
            return self._inner(environ, start)
        versions = self._versions.read(wanted.names)
        page = None if versions is None else self.shelf.get(wanted.key, versions)
        if page is None:
            response, bare = self._rendered(wanted, environ)
            page = _page(response, bare)
            if page is None:
                return response(environ, start)
            if versions is not None:
                self.shelf.put(wanted.key, page, versions)
        return _send(page, environ, start)

    def _wanted(self, environ: WSGIEnvironment) -> Wanted | None:
        """None for whatever is not a guest's plain reading of a page that is kept."""
        cookies = environ.get("HTTP_COOKIE", "")
        path = environ.get("PATH_INFO", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or environ.get("SCRIPT_NAME")
            or "HTTP_AUTHORIZATION" in environ
            or len(path) > LONGEST
            or (cookies and _SESSION.search(cookies))
        ):
            return None
        route = self._route(path)
        if route is None:
            return None
        mark, names = route
        query = _query(environ.get("QUERY_STRING", ""), mark.query)
        if query is None:
            return None
        scheme, host = environ["wsgi.url_scheme"], environ.get("HTTP_HOST", "")
        return Wanted((scheme, host, path, query, _language(environ, cookies)), names)

    def _route(self, path: str) -> tuple[Mark, tuple[str, ...]] | None:
        """The mark of the view behind a path and what that page depends on; found once."""
        try:
            return self._routes[path]
        except KeyError:
            if len(self._routes) >= MOST_ROUTES:
                self._routes.clear()
            self._routes[path] = found = self._match(path)
            return found

    def _match(self, path: str) -> tuple[Mark, tuple[str, ...]] | None:
        try:
            decoded = path.encode("latin-1").decode("utf-8", "replace")
            endpoint, arguments = self._app.url_map.bind("own.invalid").match(decoded, method="GET")
        except (HTTPException, RequestRedirect):
            return None
        mark: Mark | None = getattr(self._app.view_functions[endpoint], "cached", None)
        return (mark, mark.names(dict(arguments))) if mark else None

    def _rendered(
        self, wanted: Wanted, environ: WSGIEnvironment
    ) -> tuple[Response, WSGIEnvironment]:
        bare = wanted.environ(environ)
        return Response.from_app(self._inner, bare, buffered=True), bare


def init_page_cache(app: Flask, config: Config) -> None:
    """Install the cache where it is switched on; opens neither file nor connection."""
    redis_url = config.redis_url
    path = config.instance / FILE
    versions: Versions = RedisVersions(redis_url) if redis_url else MappedVersions(path)
    app.extensions["helferkreis.versions"] = versions
    if config.page_cache_bytes:
        cache = PageCache(app, versions, config.page_cache_bytes)
        app.extensions["helferkreis.page_cache"] = cache
        app.wsgi_app = cache  # type: ignore[method-assign,assignment]


def _page(response: Response, environ: WSGIEnvironment) -> Page | None:
    """What may be kept and shown to others; None for everything else."""
    headers = response.headers
    if (
        response.status_code != 200
        or environ.get(PERSONAL)
        or "Set-Cookie" in headers
        or "Content-Encoding" in headers
        or "no-store" in headers.get("Cache-Control", "")
    ):
        return None
    kept = [(name, value) for name, value in headers if name.lower() not in _PER_ANSWER]
    return Page(response.get_data(), kept)


def _send(page: Page, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if_none_match = environ.get("HTTP_IF_NONE_MATCH", "")
    status, headers, body = page.answer(accepted[:LONGEST], if_none_match[:LONGEST])
    start(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _language(environ: WSGIEnvironment, cookies: str) -> str:
    """What the guest wants, or nothing; which language that gives is for the settings to say."""
    chosen = parse_cookie(cookies).get(COOKIE) if cookies else None
    return _negotiated(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", "")[:LONGEST])


_negotiated: Callable[[str | None, str], str] = lru_cache(maxsize=1_024)(wanted_language)


def _query(sent: str, names: tuple[str, ...]) -> str | None:
    """The parameters that the view reads, in its own order; None for a page of one moment."""
    if not sent:
        return ""
    if len(sent) > LONGEST:
        return None
    given: dict[str, Any] = {}
    for name, value in parse_qsl(sent, keep_blank_values=True):
        given.setdefault(name, value)
    if JUST_DONE in given or any(len(given.get(name, "")) > LONGEST_VALUE for name in names):
        return None
    return urlencode([(name, given[name]) for name in names if name in given])
