"""German or English? Counted by the commonest little words; good enough to choose a stemmer."""

from __future__ import annotations

import re
from collections.abc import Iterable

DEFAULT_LANGUAGE = "de"  # the forum's own; where nothing speaks for one of them
LOOKED_AT = 4_000  # characters

# Only words that the other language does not have ("in", "an", "was" and "die" speak for neither).
_GERMAN = frozenset(
    """
    der das den dem des ein eine einen einem und oder ist sind nicht ich du er sie es wir ihr mir
    mich sich mit auf für von zu bei nach wie wenn aber auch noch kann habe hat haben wird ja nein
    bitte danke
    """.split()  # noqa: SIM905 — a list literal would be 50 lines
)
_ENGLISH = frozenset(
    """
    the a of and or is are not i you he she it we they my your with on for from to at by how if but
    also can have has had will this that there yes please thanks
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[a-zäöüß]+")


def guess_language(texts: Iterable[str]) -> str:
    """Looks at the beginning only; a tie gives DEFAULT_LANGUAGE."""
    words = _WORD.findall(_beginning(texts).lower())
    german = sum(word in _GERMAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if german == english:
        return DEFAULT_LANGUAGE
    return "de" if german > english else "en"


def _beginning(texts: Iterable[str]) -> str:
    parts: list[str] = []
    room = LOOKED_AT
    for text in texts:
        parts.append(text[:room])
        room -= len(parts[-1])
        if room <= 0:
            break
    return " ".join(parts)
