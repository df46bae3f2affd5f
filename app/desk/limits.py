"""How fast the team may work: fast. Amounts are times ten, as core.web.limits.STANDINGS says."""

from __future__ import annotations

from app.core.web.limits import MINUTE, Limits

DESK_WORK = Limits("desk-work", account=(30, MINUTE))
