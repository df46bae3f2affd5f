"""How much of setting up anybody may do; amounts are times ten, as core.web.limits.STANDINGS says."""

from __future__ import annotations

from app.core.web.limits import MINUTE, Limits

SETTING_UP = Limits("setting-up", account=(30, MINUTE), network=(600, MINUTE))
