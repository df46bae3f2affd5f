"""A gate before a post is written: the team publishes no reply that is still half a form."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.gates import PASS, Passage
from app.desk.placeholders import still_open

STILL_OPEN = N_("“%(word)s” is still in the text. Please replace it with what belongs there.")


def refuse_open_placeholders(*, actor: Actor, text: str, **_facts: Any) -> Passage:
    """For the team only: a customer may write about templates with such braces."""
    words = still_open(text) if actor.is_staff else []
    return Passage(message=STILL_OPEN, field="text", values={"word": words[0]}) if words else PASS
