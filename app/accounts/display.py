"""How a person appears on a page: name, link, badge, initials. Knows no query."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import url_for

from app.core.locale import current_language

TINTS = 6


@dataclass(frozen=True)
class Person:
    """What templates need to show somebody; `name_de` and `name_en` are the rank's labels."""

    name: str
    role: str
    imported: bool
    name_de: str | None
    name_en: str | None
    solutions: int = 0

    @property
    def url(self) -> str:
        return url_for("accounts.member", name=self.name)

    @property
    def rank_label(self) -> str | None:
        return self.name_de if current_language() == "de" else self.name_en

    @property
    def initials(self) -> str:
        return _face(self.name)[0]

    @property
    def tint(self) -> int:
        """1–6, the colour of the avatar."""
        return _face(self.name)[1]

    def with_more(self, **more: Any) -> dict[str, Any]:
        """Everything that a template asks of a person, and `more`."""
        names = ("url", "rank_label", "initials", "tint")
        return {**vars(self), **{name: getattr(self, name) for name in names}, **more}


@dataclass(frozen=True)
class Activity:
    """What the slot "member.activity" is asked for: a page of this member's topics or answers.

    A filler gives {id: Page}; its `next` leads to accounts.member with name, filter and after.
    """

    id: int
    name: str
    filter: str
    after: tuple[int, ...] | None


def person(
    name: str,
    *,
    role: str = "customer",
    state: str = "active",
    name_de: str | None = None,
    name_en: str | None = None,
    solutions: int = 0,
) -> Person:
    """`state` is the account's; `name_de` and `name_en` are the rank's labels, if there is one."""
    return Person(
        name=name,
        role=role,
        imported=state == "imported",
        name_de=name_de,
        name_en=name_en,
        solutions=solutions,
    )


@lru_cache(maxsize=2_048)
def _face(name: str) -> tuple[str, int]:
    """What stands in the avatar, and its colour."""
    return initials(name), zlib.crc32(name.encode("utf-8", "replace")) % TINTS + 1


def initials(name: str) -> str:
    """One or two letters: "Karin W." → "KW", "bitwandler" → "BI"."""
    words: list[str] = re.findall(r"\w+", name)
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return (words[0][:2] if words else "?").upper()
