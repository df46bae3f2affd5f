"""Choosing settings: every change leaves a fact that says who changed which of them."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.administration.events import SettingsChanged
from app.administration.rules import can_administer
from app.core.events import record
from app.core.rules import require
from app.core.settings import change_settings


def choose_settings(actor: Actor, *, seen: str | None = None, **values: Any) -> tuple[str, ...]:
    """Keep these settings by name; gives the names of those that changed. Raises Overtaken where
    they are no longer those of which `seen` is the digest.
    """
    require(can_administer(actor))
    changed = change_settings(changed_by=actor.account_id, seen=seen, **values)
    if changed:
        record(SettingsChanged(actor_id=actor.account_id, names=changed))
    return changed
