"""What may be tried how often, as data: one budget, and the three of them that a route asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from limits import RateLimitItem, RateLimitItemPerSecond

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60  # seconds

#: How many times the amount of an ordinary member somebody has.
STANDINGS: Mapping[str, float] = {
    "guest": 1.0,
    "newcomer": 0.5,
    "member": 1.0,
    "helper": 3.0,
    "staff": 10.0,
}
#: A provider hands out whole /48 networks: all of one together have so many times the amount of a
#: household, so that nobody can use up what is there for everybody.
NEIGHBOURS = 8.0


@dataclass(frozen=True)
class Budget:
    """`amount` tries within `seconds`, for each key."""

    name: str
    amount: int
    seconds: int

    @property
    def item(self) -> RateLimitItem:
        return RateLimitItemPerSecond(self.amount, self.seconds, namespace=self.name)

    def times(self, factor: float) -> Budget:
        """The same for somebody with `factor` times the amount; at least one try."""
        return replace(self, amount=max(1, int(self.amount * factor)))


Amount = tuple[int, int]  # tries, within seconds


@dataclass(frozen=True)
class Limits:
    """What one kind of doing may use up: by an ordinary member, from one network, by all together.

    `total` counts guests and members apart. None means: does not apply. `inside` names what the
    view spends itself: by something that was typed, or only when something is really sent.
    """

    name: str
    account: Amount | None = None
    network: Amount | None = None
    total: Amount | None = None
    inside: tuple[Budget | Limits, ...] = ()

    def of_account(self, standing: str) -> Budget | None:
        found = self._budget("account", self.account)
        return found.times(STANDINGS[standing]) if found else None

    @property
    def of_network(self) -> Budget | None:
        return self._budget("network", self.network)

    @property
    def of_all(self) -> Budget | None:
        return self._budget("total", self.total)

    def _budget(self, scope: str, amount: Amount | None) -> Budget | None:
        return Budget(f"{self.name}-{scope}", *amount) if amount else None
