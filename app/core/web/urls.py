"""Addresses, built once: a page has a hundred of them, and the same ones again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

MOST = 20_000  # addresses of a process that are remembered


class Forum(Flask):
    """Flask, with a url_for that remembers plain paths. They depend on nothing but their values."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._path = lru_cache(maxsize=MOST)(self._build)

    def url_for(self, endpoint: str, /, **values: Any) -> str:  # type: ignore[override]
        """As Flask's; options such as _external and values of other types go there."""
        values = {n: v for n, v in values.items() if v is not None or n[0] != "_"}
        is_plain = all(type(v) in (int, str) and n[0] != "_" for n, v in values.items())
        if is_plain and endpoint[0] != "." and has_request_context():
            script = request.environ.get("SCRIPT_NAME", "")
            return self._path(script, endpoint, tuple(values.items()))
        return super().url_for(endpoint, **values)

    def _build(self, _script: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))
