"""`name:value` in what somebody searches for: taken out of the words, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_OPERATORS = 6  # what comes after is left out

_QUOTES = '"„“”«»'
_VALUE = rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[^\s{_QUOTES}]+"


@dataclass(frozen=True)
class Operator:
    """`name` as the caller calls it, `value` without quotes, `written` as it stood in the text."""

    name: str
    value: str
    written: str


def take_operators(text: str, names: Mapping[str, str]) -> tuple[str, tuple[Operator, ...]]:
    """The words without operators, and the operators; `names` are those known, in lower case.

    A name that is not known, or has no value, is left among the words: "http://…" is no operator.
    """
    known = "|".join(map(re.escape, names))
    pattern = re.compile(rf"(?<!\S)({known}):({_VALUE})(?!\S)", re.IGNORECASE)
    found = [
        Operator(names[match[1].lower()], value, match[0])
        for match in pattern.finditer(text)
        if (value := match[2].strip(_QUOTES).strip())
    ]
    return " ".join(pattern.sub(" ", text).split()), tuple(found[:MAX_OPERATORS])
