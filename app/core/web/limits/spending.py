"""Using up tries: one budget by its key, or all that a route asks for; and what to say when none is
left. In Redis where there is one; without its answer in the memory of this process.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user
from limits.strategies import FixedWindowRateLimiter

from app.config import Config
from app.core import clock
from app.core.errors import N_, TooMany
from app.core.redis import RedisAway, SharedRedis, shared_redis
from app.core.web.limits.budgets import NEIGHBOURS, Budget, Limits
from app.core.web.limits.storage import Memory, redis_storage

KEY = "helferkreis.limits"
MINUTE, HOUR = 60, 60 * 60
TRIED_OFTEN = (
    N_("That was a little much in a short time. Please try again in %(count)s seconds."),
    N_("That was a little much in a short time. Please try again in %(count)s minutes."),
    N_("That was a little much in a short time. Please try again in %(count)s hours."),
)
MUCH_GOING_ON = (
    N_("A lot is going on here at the moment. Please try again in %(count)s seconds."),
    N_("A lot is going on here at the moment. Please try again in %(count)s minutes."),
    N_("A lot is going on here at the moment. Please try again in %(count)s hours."),
)

Told = TypeVar("Told")


class Counters:
    """Asks Redis, and the memory of this process when it is away or was never named."""

    def __init__(self, redis: SharedRedis | None) -> None:
        self._here = FixedWindowRateLimiter(Memory())
        self._redis = redis
        self._there = FixedWindowRateLimiter(redis_storage(redis)) if redis else None

    def ask(self, question: Callable[[FixedWindowRateLimiter], Told]) -> Told:
        there = self._there
        if self._redis is None or there is None:
            return question(self._here)
        try:
            return self._redis.ask(lambda _client: question(there))
        except RedisAway:
            return question(self._here)


def init_counters(app: Flask, config: Config) -> None:
    app.extensions[KEY] = Counters(shared_redis(app)) if config.rate_limits else None


def charge(limits: Limits) -> None:
    """Use up one try of each budget, the narrowest first; raises TooMany when one is empty.

    So nobody alone empties what is there for all. The team answers for itself only: it shares an
    office's network, and it must be able to work when the forum is flooded.
    """
    member = current_user.is_authenticated
    if member and (own := limits.of_account(current_user.standing)):
        spend(own, f"account:{current_user.id}")
    if current_user.is_staff:
        return
    if network := limits.of_network:
        _charge_network(network)
    if total := limits.of_all:
        spend(total, "members" if member else "guests", sentences=MUCH_GOING_ON)


def _charge_network(budget: Budget) -> None:
    spend(budget, client_network())
    if wider := _provider_network():
        spend(budget.times(NEIGHBOURS), wider)


def spend(budget: Budget, key: str = "all", *, sentences: tuple[str, ...] = TRIED_OFTEN) -> None:
    """Use up one try; raises TooMany when none is left, and the answer says when to come back."""
    if not try_spend(budget, key):
        raise _too_many(budget, key, sentences)


def try_spend(budget: Budget, key: str = "all") -> bool:
    """Use up one try; False when none was left."""
    return _ask(True, lambda counted: counted.hit(budget.item, _short(key)))


def require_left(budget: Budget, key: str = "all") -> None:
    """Raise TooMany when no try is left, without using one up."""
    if not _ask(True, lambda counted: counted.test(budget.item, _short(key))):
        raise _too_many(budget, key, TRIED_OFTEN)


def give_back(budget: Budget, key: str = "all") -> None:
    """Forget the tries of this key: the person has shown who they are."""
    _ask(None, lambda counted: counted.clear(budget.item, _short(key)))


def client_network() -> str:
    """The visitor's address; of IPv6 the /64, because a household has the whole of it."""
    address = _client_address()
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or "unknown")


def _provider_network() -> str | None:
    """The /48 around an IPv6 visitor; IPv4 addresses are too dear to have many of."""
    address = _client_address()
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 48), strict=False))
    return None


def _client_address() -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _ask(when_off: Told, question: Callable[[FixedWindowRateLimiter], Told]) -> Told:
    counters: Counters | None = current_app.extensions[KEY]
    return when_off if counters is None else counters.ask(question)


def _short(key: str) -> str:
    """Keys may hold addresses of people and any length of text; the storage sees neither, and
    without our secret nobody finds out which address it was.
    """
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, key.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def _too_many(budget: Budget, key: str, sentences: tuple[str, ...]) -> TooMany:
    seconds = _seconds_to_wait(budget, key)
    g.retry_after = seconds
    in_seconds, in_minutes, in_hours = sentences
    if seconds < 2 * MINUTE:
        return TooMany(in_seconds, count=5 * math.ceil(seconds / 5))
    if seconds < 2 * HOUR:
        return TooMany(in_minutes, count=math.ceil(seconds / MINUTE))
    return TooMany(in_hours, count=math.ceil(seconds / HOUR))


def _seconds_to_wait(budget: Budget, key: str) -> int:
    stats: Any = _ask(None, lambda counted: counted.get_window_stats(budget.item, _short(key)))
    return max(1, math.ceil(float(stats.reset_time) - clock.now().timestamp()))


def say_when(response: Any) -> Any:
    if response.status_code == TooMany.status and "retry_after" in g:
        response.headers["Retry-After"] = str(g.retry_after)
    return response
