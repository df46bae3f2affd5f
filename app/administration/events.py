"""Facts of setting up the forum. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    """An administrator chose other settings: which, never what they hold."""

    actor_id: int
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TextPublished(Event):
    """An administrator put a version of a public text in force, in all languages."""

    actor_id: int
    kind: str
    version_number: int
