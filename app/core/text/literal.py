"""Somebody's words as Markdown that shows them as they were typed."""

from __future__ import annotations

import re

#: What would be markup within a line. An underscore within a word is none.
_MARKUP = re.compile(r"[\\`*\[\]{}]|(?<![^\W_])_|_(?![^\W_])")
#: What would make a line a heading, a quote, a rule or part of a list.
_BEGINNING = re.compile(r"^([ \t]*\d*)([#>+.)-])", re.MULTILINE)


def literal(words: str) -> str:
    """For names and addresses within a text of ours; line breaks stay. Web addresses become links."""
    return _BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", words))
