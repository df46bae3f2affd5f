"""Forms about settings: what they hold now, and what somebody else may have chosen meanwhile."""

from __future__ import annotations

from typing import Any

from app.core.forms import SeenForm
from app.core.settings import Settings


class SettingsForm(SeenForm):
    """Fields are named as the settings are; those of another form say so in NAMES."""

    NAMES: tuple[str, ...] = ()

    def __init__(self, now: Settings, **kwargs: Any) -> None:
        super().__init__(obj=now, **kwargs)

    def begin_from(self, part: Settings) -> None:
        super().begin_from({name: getattr(part, name) for name in self.names})

    @property
    def names(self) -> tuple[str, ...]:
        return self.NAMES or tuple(name for name in self.data if name != "seen")

    @property
    def values(self) -> dict[str, Any]:
        """By name of the setting, as change_settings keeps them."""
        return {name: self.data[name] for name in self.names}
