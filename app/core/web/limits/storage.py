"""Where tries are counted: in Redis for all processes, else in the memory of this one."""

from __future__ import annotations

import threading

from limits.storage import RedisStorage, Storage

from app.core import clock
from app.core.redis import SharedRedis

MOST_KEYS = 50_000  # about 10 MB; beyond it the oldest are forgotten, whatever a flood brings


class Memory(Storage):
    """Counts in this process. The library's own keeps every key of a flood and reads through all of
    them a hundred times a second; this one holds MOST_KEYS and looks at none but the one asked for.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # key → tries, end of the window

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        with self._lock:
            moment = clock.now().timestamp()
            count, end = self._counts.pop(key, (0, 0.0))
            if end <= moment:
                count, end = 0, moment + expiry
                self._make_room()
            self._counts[key] = (count + amount, end)
            return count + amount

    def _make_room(self) -> None:
        """Forget whose last try is longest ago: a flood forgets itself, not who is held back."""
        while len(self._counts) >= MOST_KEYS:
            del self._counts[next(iter(self._counts))]

    def get(self, key: str) -> int:
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > clock.now().timestamp() else 0

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, clock.now().timestamp()))[1]

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            held = len(self._counts)
            self._counts.clear()
            return held


def redis_storage(redis: SharedRedis) -> RedisStorage:
    """The library's, on the shared connections; REDIS_URL may name a socket (unix://)."""
    return RedisStorage("redis://", connection_pool=redis.pool)
