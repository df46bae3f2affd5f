"""Full-text search without forum words: documents in, hits out. The contract is in `engine.py`."""

from __future__ import annotations

from app.core.search.engine import (
    MAX_DEPTH,
    Document,
    Hit,
    IndexBusy,
    SearchEngine,
    SearchUnavailable,
    label,
)
from app.core.search.highlight import highlight
from app.core.search.kinds import (
    Facts,
    Searchable,
    count_searchable,
    engine,
    init_search,
    likely_hits,
    mend_index,
    rebuild,
    searchable,
    update_kind,
)
from app.core.search.lock import IndexLock, index_lock
from app.core.search.misses import count_misses, most_missed, note_miss
from app.core.search.operators import Operator, take_operators
from app.core.search.postgres import PostgresEngine
from app.core.search.whoosh_engine import WhooshEngine

__all__ = [
    "MAX_DEPTH",
    "Document",
    "Facts",
    "Hit",
    "IndexBusy",
    "IndexLock",
    "Operator",
    "PostgresEngine",
    "SearchEngine",
    "SearchUnavailable",
    "Searchable",
    "WhooshEngine",
    "count_misses",
    "count_searchable",
    "engine",
    "highlight",
    "index_lock",
    "init_search",
    "label",
    "likely_hits",
    "mend_index",
    "most_missed",
    "note_miss",
    "rebuild",
    "searchable",
    "take_operators",
    "update_kind",
]
