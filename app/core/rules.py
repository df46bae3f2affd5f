"""What a rule answers: allowed, or denied with a sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Forbidden


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. `message` is an English message id, translated when it is shown."""

    allowed: bool
    message: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOW = Verdict(True)


def deny(message: str, **values: Any) -> Verdict:
    """Refuse with a reason. Mark the sentence with N_() where it is written."""
    return Verdict(False, message, values)


def require(verdict: Verdict) -> None:
    """Raise Forbidden with the verdict's sentence unless it allows."""
    if not verdict:
        raise Forbidden(verdict.message, **verdict.values)
