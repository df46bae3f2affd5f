"""How much of setting up anybody may do; amounts are times ten, as core.web.limits.STANDINGS says."""

from __future__ import annotations

from app.core.web.limits import HOUR, MINUTE, Budget, Limits

SETTING_UP = Limits("setting-up", account=(30, MINUTE), network=(600, MINUTE))
#: Letters go to oneself only; each holds a worker for up to a minute while a server does not answer.
TESTING_MAIL = Limits("testing-mail", account=(3, HOUR), network=(60, HOUR))
#: Whoever is invited gets few letters, and nobody writes to the whole world through us.
INVITED_ADDRESS = Budget("invited-address", 5, HOUR)
INVITING = Limits("inviting", account=(4, HOUR), network=(80, HOUR), inside=(INVITED_ADDRESS,))
