"""What a process remembers until something is written on which it depends (core/cache/versions.py)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import current_app

from app.core.cache.versions import SITE, Seen

MOST = 1_000  # values; the oldest goes first

T = TypeVar("T")
_writing = threading.Lock()  # the threads of a process share what it remembers


def remembered(key: str, names: Sequence[str], make: Callable[[], T]) -> T:
    """`make()`, or what it gave last, if neither the site nor these names (wiring.SHOWN) changed.

    The key names everything else on which the value depends, a person for example. While somebody
    writes, the value is made anew each time.
    """
    store: dict[str, tuple[Seen, Any]] = current_app.extensions.setdefault(
        "helferkreis.remembered", {}
    )
    seen = current_app.extensions["helferkreis.versions"].read((SITE, *names))
    known = store.get(key)
    if seen is not None and known is not None and known[0] == seen:
        return known[1]  # type: ignore[no-any-return]
    value = make()
    if seen is not None:
        with _writing:
            store.pop(key, None)
            store[key] = (seen, value)
            if len(store) > MOST:
                del store[next(iter(store))]
    return value
