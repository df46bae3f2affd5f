"""What a form began from, so that nobody overwrites what they have not seen."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.core.errors import N_, Conflict


class Overtaken(Conflict):
    """Somebody else changed the thing meanwhile; nothing was written."""

    def __init__(
        self,
        message: str = N_(
            "Somebody else changed this while you were writing. Saving again replaces that."
        ),
    ) -> None:
        super().__init__(message)


def digest(part: Any) -> str:
    """Of plain values, as JSON has them."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:16]


def require_seen(part: Any, seen: str | None) -> None:
    """Raise Overtaken unless `seen` is the digest of this; None for whoever had no form."""
    if seen is not None and digest(part) != seen:
        raise Overtaken
