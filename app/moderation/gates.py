"""Gates before a post is written: newcomers' first posts wait until somebody has looked."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.accounts.rules import TRUSTED
from app.core.gates import PASS, Passage
from app.core.settings import load_settings
from app.moderation import queries


def hold_newcomers(*, actor: Actor, **_facts: Any) -> Passage:
    """Where the setting is on: hold what people write of whom nothing has been published yet."""
    if not load_settings().hold_newcomers or actor.role != "customer" or TRUSTED in actor.grants:
        return PASS
    return PASS if queries.has_visible_post(actor.account_id) else Passage(hold=True)
