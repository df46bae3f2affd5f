"""Why a line was not taken, in a sentence for the operator."""

from __future__ import annotations

from typing import Any

SHOWN_CHARACTERS = 60

_TYPES: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number with decimals",
    str: "a text",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


class Refusal(Exception):
    """`thread_id` and `post_id` are as the line gave them, where it gave sound ones."""

    def __init__(self, reason: str, *, thread_id: Any = None, post_id: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.thread_id = thread_id
        self.post_id = post_id

    def within(self, *, thread_id: Any = None, post_id: Any = None) -> Refusal:
        """The same refusal, knowing where it happened."""
        self.thread_id = thread_id if self.thread_id is None else self.thread_id
        self.post_id = post_id if self.post_id is None else self.post_id
        return self


def type_name(value: Any) -> str:
    return _TYPES[type(value)]


def shown(value: Any) -> str:
    """The beginning of a value from the file, fit for a terminal."""
    text = str(value)
    short = text[:SHOWN_CHARACTERS] + ("…" if len(text) > SHOWN_CHARACTERS else "")
    return "".join(c if c.isprintable() else "\ufffd" for c in short)
