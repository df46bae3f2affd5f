"""Built styles, scripts, fonts and icons: served before routing, compressed when they were built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from app.config import Config
from app.core.web.headers import HSTS, SECURITY_HEADERS

if TYPE_CHECKING:
    from wsgiref.headers import Headers

HASHED = r"-(?:[0-9A-Z]{8}|[0-9a-f]{8})\.[a-z0-9]+$"  # names that static/build.mjs gives
SHORT_SECONDS = 300  # for the few files whose name stays when their content changes


class _Assets(WhiteNoise):  # type: ignore[misc]
    FOREVER = 365 * 24 * 60 * 60  # seconds


def init_assets(app: Flask, config: Config) -> None:
    """Serve what is in static/dist now; what is not there goes on to Flask, which says 404."""
    fixed = SECURITY_HEADERS | ({"Strict-Transport-Security": HSTS} if config.is_https else {})

    def add_headers(headers: Headers, _path: str, _url: str) -> None:
        for name, value in fixed.items():
            headers[name] = value

    folder = Path(app.static_folder or "")
    app.wsgi_app = _Assets(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder if folder.is_dir() else None,
        prefix=(app.static_url_path or "").strip("/"),
        max_age=SHORT_SECONDS,
        immutable_file_test=HASHED,
        allow_all_origins=False,
        add_headers_function=add_headers,
    )
