"""Slots: places in a lower page that upper features fill, once per page, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import current_app

Slots = Mapping[str, Sequence[Callable[..., Mapping[int, Any]]]]


def fill(name: str, viewer: Any, things: Sequence[Any]) -> dict[int, list[Any]]:
    """What wiring.SLOTS[name] has to say about these things, by id, in wiring's order."""
    slots: Slots = current_app.extensions["helferkreis.slots"]
    filled: dict[int, list[Any]] = {}
    for filler in slots[name]:
        for thing_id, data in filler(viewer, things).items():
            filled.setdefault(thing_id, []).append(data)
    return filled
