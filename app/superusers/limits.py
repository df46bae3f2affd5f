"""How often members and team may press the programme's buttons.

Amounts per account are those of an ordinary member: core.web.limits.STANDINGS has the others.
"""

from __future__ import annotations

from app.core.web.limits import HOUR, MINUTE, Limits

TAKING_PART = Limits("taking-part", account=(20, HOUR), network=(120, HOUR), total=(2_000, HOUR))
STEERING = Limits("steering", account=(20, MINUTE))
