"""Facts of setting up the forum. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class StepSettled(Event):
    """An administrator said of a step of the first use: right as it is, or not needed."""

    step: str
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class StepReopened(Event):
    """… and took that back."""

    step: str
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class MailTestAsked(Event):
    """An administrator wants a test letter."""

    test_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class MailTestEnded(Event):
    """The mail server took the test letter, or it is known why not."""

    test_id: int


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
