"""How often something may be tried: budgets per key and time, kept in this process or in Redis.

In-process budgets count per web process; with several of them a key has as many times the amount.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from dataclasses import dataclass

import structlog
from flask import Flask, current_app, g, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter
from redis.exceptions import RedisError
from werkzeug.wrappers import Response

from app.config import Config
from app.core import clock
from app.core.errors import N_, TooMany

KEY = "helferkreis.limits"
log = structlog.get_logger()


@dataclass(frozen=True)
class Budget:
    """`amount` tries within `seconds`, for each key."""

    name: str
    amount: int
    seconds: int

    @property
    def item(self) -> RateLimitItem:
        return RateLimitItemPerSecond(self.amount, self.seconds, namespace=self.name)


def init_limits(app: Flask, config: Config) -> None:
    app.extensions[KEY] = _strategies(app, config) if config.rate_limits else []
    app.after_request(_say_when)


def spend(budget: Budget, key: str = "all") -> None:
    """Use up one try; raises TooMany when none is left, and the answer says when to come back."""
    if not try_spend(budget, key):
        raise _too_many(budget, key)


def try_spend(budget: Budget, key: str = "all") -> bool:
    """Use up one try; False when none was left."""
    return all(_ask("hit", budget, key))


def require_left(budget: Budget, key: str = "all") -> None:
    """Raise TooMany when no try is left, without using one up."""
    if not all(_ask("test", budget, key)):
        raise _too_many(budget, key)


def give_back(budget: Budget, key: str = "all") -> None:
    """Forget the tries of this key: the person has shown who they are."""
    _ask("clear", budget, key)


def client_network() -> str:
    """The visitor's address; of IPv6 the /64, because a household has the whole of it."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _strategies(app: Flask, config: Config) -> list[RateLimiter]:
    """The one to ask, and one in memory for when Redis does not answer."""
    limiter = Limiter(
        client_network,
        app=app,
        storage_uri=config.redis_url or "memory://",
        strategy="fixed-window",
    )
    in_memory = [FixedWindowRateLimiter(MemoryStorage())] if config.redis_url else []
    return [limiter.limiter, *in_memory]


def _ask(question: str, budget: Budget, key: str) -> list[bool]:
    """The answer of the first storage that works; none (so: no objection) when limits are off."""
    for strategy in current_app.extensions[KEY]:
        try:
            return [bool(getattr(strategy, question)(budget.item, _short(key)))]
        except RedisError:
            log.warning("rate_limits_fell_back_to_memory", budget=budget.name)
    return []


def _short(key: str) -> str:
    """Keys may hold addresses of people and any length of text; the storage sees neither."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def _too_many(budget: Budget, key: str) -> TooMany:
    g.retry_after = _seconds_to_wait(budget, key)
    minutes = math.ceil(g.retry_after / 60)
    return TooMany(
        N_("There were many tries in a short time. Please try again in %(minutes)s min."),
        minutes=minutes,
    )


def _seconds_to_wait(budget: Budget, key: str) -> int:
    for strategy in current_app.extensions[KEY]:
        try:
            reset = strategy.get_window_stats(budget.item, _short(key)).reset_time
            return max(1, math.ceil(float(reset) - clock.now().timestamp()))
        except RedisError:
            continue
    return budget.seconds


def _say_when(response: Response) -> Response:
    if response.status_code == TooMany.status and "retry_after" in g:
        response.headers["Retry-After"] = str(g.retry_after)
    return response
