"""Hashing of passwords: argon2id, a few at a time. Never called inside transaction().

Each hash needs 19 MiB and about 30 ms of a core; the semaphore bounds what a flood of sign-ins can
take from one process.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.errors import N_, Unavailable

TIME_COST = 2
MEMORY_KIB = 19 * 1024
PARALLELISM = 1
AT_ONCE = 4
WAIT_SECONDS = 10

_hasher = PasswordHasher(
    time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM, type=Type.ID
)
_slots = threading.BoundedSemaphore(AT_ONCE)
#: The hash of nothing anybody knows, verified for unknown addresses so that the time agrees.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$I3eooszxNmoKOleyv1z4XQ"
    "$GOi4zpJ+V84W+WHf5AJ/kRyTJEfl0LwEp3HO0Hh+3TU"
)


def hash_password(password: str) -> str:
    with _Slot():
        return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Takes the same time whether or not there is a hash; a damaged hash fits no password."""
    with _Slot():
        try:
            return _hasher.verify(password_hash or _NOBODYS, password) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Was it made with other parameters than today's? Then sign-in makes a new one."""
    return _hasher.check_needs_rehash(password_hash)


class _Slot:
    """One of the few hashes that may run at once; a long queue is told to come back."""

    def __enter__(self) -> None:
        if not _slots.acquire(timeout=WAIT_SECONDS):
            raise Unavailable(
                N_("Many people are signing in right now. Please try again in a moment.")
            )

    def __exit__(self, *_error: object) -> None:
        _slots.release()
