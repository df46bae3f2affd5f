"""How often one may mark notifications as read.

Amounts per account are those of an ordinary member: core.web.limits.STANDINGS has the others.
"""

from __future__ import annotations

from app.core.web.limits import MINUTE, Limits

READING = Limits(
    "reading-inbox", account=(60, MINUTE), network=(600, MINUTE), total=(6_000, MINUTE)
)
