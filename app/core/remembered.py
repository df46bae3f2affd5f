"""What a process remembers: until something is written on which it depends, or for a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app

from app.core import clock
from app.core.cache.versions import SITE

MOST = 1_000  # values; the oldest goes first

T = TypeVar("T")
_writing = threading.Lock()  # the threads of a process share what it remembers


def remembered(key: str, names: Sequence[str], make: Callable[[], T]) -> T:
    """`make()`, or what it gave last, if neither the site nor these names (wiring.SHOWN) changed.

    The key names everything else on which the value depends, a person for example. While somebody
    writes, the value is made anew each time.
    """
    seen = current_app.extensions["helferkreis.versions"].read((SITE, *names))
    known = _store().get(key)
    if seen is not None and known is not None and known[0] == seen:
        return known[1]  # type: ignore[no-any-return]
    value = make()
    if seen is not None:
        _keep(key, seen, value)
    return value


def remembered_for(seconds: float, key: str, make: Callable[[], T]) -> T:
    """`make()`, or what it gave within the last `seconds`, whatever was written since."""
    now, known = clock.now(), _store().get(key)
    if known is not None and now < known[0] <= now + timedelta(seconds=seconds):
        return known[1]  # type: ignore[no-any-return]
    value = make()
    _keep(key, now + timedelta(seconds=seconds), value)
    return value


def _store() -> dict[str, tuple[Any, Any]]:
    """Key → what the value is good for (versions, or until when), and the value."""
    return current_app.extensions.setdefault(  # type: ignore[no-any-return]
        "helferkreis.remembered", {}
    )


def _keep(key: str, good: Any, value: Any) -> None:
    store = _store()
    with _writing:
        store.pop(key, None)
        store[key] = (good, value)
        if len(store) > MOST:
            del store[next(iter(store))]
