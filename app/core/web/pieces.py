"""Pieces of pages that are made of nothing but what they are given, remembered in this process.

`kept("forum/_post.html", p=…)` in a template is an include that sees only the named values. So two
calls with equal values give equal HTML, whoever looks, and nothing ever has to be thrown away
because it changed: other values are another piece.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any

from flask import Flask, request
from markupsafe import Markup

from app.core.locale import current_catalogue, current_language

MOST_BYTES = 6 * 1024 * 1024
ENTRY_BYTES = 1_000  # about what an entry needs besides its HTML, its values included

#: Stands for the form token in what is kept. Nobody can guess it, so nobody can write it in a post
#: and have a reader's token put into a link.
_BLANK = secrets.token_hex(16)
_making: ContextVar[bool] = ContextVar("making a piece", default=False)


def init_pieces(app: Flask, form_token: Callable[[], str]) -> None:
    """`form_token` gives the token of this page; each page puts its own into the pieces."""
    pieces = Pieces(app, form_token)
    app.jinja_env.globals.update(kept=pieces.kept, csrf_token=pieces.form_token)


def refuse_in_pieces(what: str) -> None:
    """Raise RuntimeError while a piece is made: `what` is for one page alone."""
    if _making.get():
        raise RuntimeError(f"{what} inside of kept(): other pages would get it too.")


class Pieces:
    """HTML by template, words (language and form of address) and values; the oldest goes first.

    Not the one that was not asked for longest: noting that costs as much as finding the piece.
    """

    def __init__(
        self, app: Flask, form_token: Callable[[], str], most_bytes: int = MOST_BYTES
    ) -> None:
        self._app = app
        self._form_token = form_token
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._pieces: dict[Hashable, Markup] = {}
        self.bytes = 0

    def form_token(self) -> str:
        return _BLANK if _making.get() else self._form_token()

    def kept(self, template: str, /, **values: Hashable) -> Markup:
        """The template rendered with these values alone; they must be hashable and never change."""
        script = request.environ.get("SCRIPT_NAME", "")
        key = (template, current_catalogue(), script, *values.items())
        piece = self._pieces.get(key)
        if piece is None:
            piece = self._made(template, {**values, "locale": current_language()})
            self._put(key, piece)
        return piece.replace(_BLANK, self.form_token()) if _BLANK in piece else piece

    def _made(self, template: str, values: dict[str, Any]) -> Markup:
        token = _making.set(True)
        try:
            html = self._app.jinja_env.get_template(template).render(values)
        finally:
            _making.reset(token)
        return Markup(html)  # noqa: S704 — a template of ours, which escapes what it is given

    def _put(self, key: Hashable, piece: Markup) -> None:
        with self._lock:
            if key in self._pieces:
                return
            self._pieces[key] = piece
            self.bytes += _size(piece)
            while self.bytes > self._most_bytes:
                self.bytes -= _size(self._pieces.pop(next(iter(self._pieces))))


def _size(piece: Markup) -> int:
    """The HTML is there twice where the values hold it too, as a post's do."""
    return 2 * len(piece) + ENTRY_BYTES
