"""Whole numbers that somebody typed, or that an address or a hidden field holds."""

from __future__ import annotations

DIGITS = 9  # fit every column for a number
ID_DIGITS = 18  # fit every id


def whole(text: str | None, digits: int = DIGITS) -> int | None:
    """None for everything but at most so many digits from 0 to 9."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None
