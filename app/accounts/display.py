"""How a person appears on a page: name, link, badge, initials. Knows no query."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from flask import url_for

from app.core.locale import current_language

TINTS = 6


@dataclass(frozen=True)
class Person:
    """What templates need to show somebody; `tint` 1–6 is the avatar's colour."""

    name: str
    url: str
    role: str
    rank_label: str | None
    imported: bool
    initials: str
    tint: int
    solutions: int = 0


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
    """`name_de` and `name_en` are the rank's labels, if there is one."""
    shown, tint = _face(name)
    return Person(
        name=name,
        url=url_for("accounts.member", name=name),
        role=role,
        rank_label=name_de if current_language() == "de" else name_en,
        imported=state == "imported",
        initials=shown,
        tint=tint,
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
