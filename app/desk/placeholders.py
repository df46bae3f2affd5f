"""What a canned reply leaves open, such as {{vorname}}: filled in, or found still open. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.text import literal, without_code

#: Word between the braces → what stands there. Whatever else stands between them is for the agent
#: to replace: a date, a number, a decision.
MEANINGS = {
    "vorname": "asker",
    "name": "asker",
    "agent": "agent",
    "thema": "topic",
    "topic": "topic",
    "bereich": "board",
    "board": "board",
}

_OPEN = re.compile(r"\{\{[ \t]*([^\W\d_][\w .-]{0,39}?)[ \t]*\}\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The reply with what is known of it; `values` are plain words for the meanings above."""

    def known(found: re.Match[str]) -> str:
        meaning = MEANINGS.get(found[1].casefold(), "")
        # On one line, so that nothing in a name or a title is markup or another placeholder.
        return literal(" ".join(values[meaning].split())) if values.get(meaning) else found[0]

    return _OPEN.sub(known, text)


def still_open(text: str) -> list[str]:
    """The placeholders that nobody has replaced yet, each once, in order; not those in code."""
    return list(dict.fromkeys(found[0] for found in _OPEN.finditer(without_code(text))))
