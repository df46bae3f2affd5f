"""How often something may be tried: budgets per account, network and for all, figures as data.

In-process budgets count per web process; with several of them a key has as many times the amount.
With REDIS_URL all processes count together.
"""

from app.core.web.limits.budgets import DAY, HOUR, MINUTE, STANDINGS, Budget, Limits
from app.core.web.limits.routes import init_limits, limited, limits_of
from app.core.web.limits.spending import (
    charge,
    client_network,
    give_back,
    require_left,
    spend,
    try_spend,
)

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "STANDINGS",
    "Budget",
    "Limits",
    "charge",
    "client_network",
    "give_back",
    "init_limits",
    "limited",
    "limits_of",
    "require_left",
    "spend",
    "try_spend",
]
