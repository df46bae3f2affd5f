"""Full-text search without forum words: documents in, hits out. The contract is in `engine.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.core.search.engine import (
    MAX_DEPTH,
    Document,
    Hit,
    IndexBusy,
    SearchEngine,
    SearchUnavailable,
)
from app.core.search.highlight import highlight
from app.core.search.lock import IndexLock, index_lock
from app.core.search.whoosh_engine import WhooshEngine

__all__ = [
    "MAX_DEPTH",
    "Document",
    "Hit",
    "IndexBusy",
    "IndexLock",
    "SearchEngine",
    "SearchUnavailable",
    "WhooshEngine",
    "highlight",
    "index_lock",
    "open_engine",
]


class _HasIndexFolder(Protocol):
    @property
    def index_folder(self) -> Path: ...


def open_engine(config: _HasIndexFolder) -> SearchEngine:
    """The engine of this installation; touches no file yet."""
    return WhooshEngine(config.index_folder)
