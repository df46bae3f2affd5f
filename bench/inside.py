"""Where the time goes: each page once more, in this process, with a watch on its parts.

The watch itself costs something, so these figures show shares; what a page costs says bench/run.py.
"""

from __future__ import annotations

import functools
import io
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from flask.app import Flask as FlaskClass
from flask.templating import Environment
from jinja2 import Template
from sqlalchemy import event
from sqlalchemy.engine import Result, ScalarResult
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter
from werkzeug.test import run_wsgi_app

from app.core.db import db
from bench import plans

PARTS = ("routing", "session", "SQL", "template", "rest")
WARM_UPS = 3
ROUNDS = 12
_FETCHES = ("all", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none")


class Watch:
    """Time by part; a part inside of another one is taken off the outer one. One thread only."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[str] = ["rest"]
        self._since = time.perf_counter()

    def begin(self, part: str) -> None:
        self._book()
        self._open.append(part)

    def end(self) -> None:
        self._book()
        self._open.pop()

    def reset(self) -> None:
        self.seconds.clear()
        self._since = time.perf_counter()

    def take(self) -> dict[str, float]:
        """What passed since the reset, in ms, by part."""
        self._book()
        return {part: self.seconds[part] * 1000 for part in PARTS}

    def _book(self) -> None:
        now = time.perf_counter()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now


def look_inside(app: Flask, environs: Sequence[Callable[[], dict[str, Any]]]) -> dict[str, Any]:
    """SQL statements of a page (the most of all that were tried), what is wrong with their plans,
    and the median ms of each part.

    `environs` make WSGI environments, asked for in turn.
    """
    watch = Watch()
    taken: list[dict[str, float]] = []
    statements: list[int] = []
    with _watched(app, watch), _counted(app) as (counter, seen):
        for number in range(WARM_UPS + ROUNDS):
            environ = environs[number % len(environs)]()
            counter.clear()
            watch.reset()
            _chunks, status, _headers = run_wsgi_app(app, environ, buffered=True)
            figures = watch.take()
            if int(status[:3]) >= 400:
                raise RuntimeError(f"{environ['PATH_INFO']} answered {status}.")
            if number >= WARM_UPS:
                taken.append(figures)
                statements.append(counter.total())
    with app.app_context(), db.engine.connect() as connection:
        wrong = plans.faults(connection, seen)
    parts = {part: round(median(t[part] for t in taken), 3) for part in PARTS}
    return {"sql": max(statements), "plans": wrong, "parts_ms": parts}


def environ(raw: str) -> Callable[[], dict[str, Any]]:
    """The WSGI environment of a request as bench/load.py sends it, made anew at each call."""
    head, _, body = raw.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, target, _version = first.split(" ")
    path, _, query = target.partition("?")
    fields = [line.split(": ", 1) for line in lines]
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in fields}
    host, _, port = named["HTTP_HOST"].partition(":")
    return lambda: {
        **named,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _unquoted(path),
        "RAW_URI": target,
        "REQUEST_URI": target,
        "QUERY_STRING": query,
        "CONTENT_TYPE": named.get("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": named.get("HTTP_CONTENT_LENGTH", ""),
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body.encode("latin-1")),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _unquoted(path: str) -> str:
    """As WSGI wants it: the bytes of the path, one character each."""
    return unquote_to_bytes(path).decode("latin-1")


@contextmanager
def _watched(app: Flask, watch: Watch) -> Iterator[None]:
    """Everything that is looked for is wrapped, and unwrapped at the end."""
    manager = app.login_manager  # type: ignore[attr-defined]
    places: list[tuple[Any, str, str]] = [
        (MapAdapter, "match", "routing"),
        (FlaskClass, "create_url_adapter", "routing"),
        (manager, "_request_callback", "session"),
        (Session, "execute", "SQL"),
        (Session, "scalars", "SQL"),
        (Session, "commit", "SQL"),
        (Session, "rollback", "SQL"),
        (Session, "connection", "SQL"),
        (Template, "render", "template"),
        (Environment, "get_or_select_template", "template"),
        *((result, name, "SQL") for result in (Result, ScalarResult) for name in _FETCHES),
    ]
    with ExitStack() as stack:
        for owner, name, part in places:
            original = getattr(owner, name, None)
            if original is not None:
                setattr(owner, name, _wrapped(original, watch, part))
                stack.callback(setattr, owner, name, original)
        yield


def _wrapped(function: Callable[..., Any], watch: Watch, part: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def watched(*args: Any, **kwargs: Any) -> Any:
        watch.begin(part)
        try:
            return function(*args, **kwargs)
        finally:
            watch.end()

    return watched


@contextmanager
def _counted(app: Flask) -> Iterator[tuple[Counter[str], dict[str, Any]]]:
    """Every statement but BEGIN and PRAGMA, as the query budgets of the tests count them.

    How often each was sent since the counter was cleared, and parameters for each ever seen.
    """
    counter: Counter[str] = Counter()
    seen: dict[str, Any] = {}

    def note(_c: object, _cur: object, statement: str, parameters: Any, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            counter[statement] += 1
            seen.setdefault(statement, parameters)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counter, seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
