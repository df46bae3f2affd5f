"""Pages of guests, kept ready: the answer without routing, session, database or template.

A view opts in with @cached and names what it shows. wiring.SHOWN says which tables that concerns;
every committed write makes the pages that may show it old, in all processes (docs/decisions 0055–0057).
"""

from app.core.cache.changes import NOWHERE, Shown, by, init_changes, shown_on
from app.core.cache.marks import cached, personal
from app.core.cache.middleware import init_page_cache

__all__ = [
    "NOWHERE",
    "Shown",
    "by",
    "cached",
    "init_changes",
    "init_page_cache",
    "personal",
    "shown_on",
]
