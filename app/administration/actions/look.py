"""How the forum looks: its name, colour and logo."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.administration.actions.choosing import choose_settings
from app.administration.rules import LOOK
from app.core.colour import is_readable
from app.core.db import after_commit
from app.core.errors import N_, Refused
from app.core.settings import Settings, load_settings
from app.core.uploads import forget_upload


def change_look(actor: Actor, wanted: Settings, *, seen: str | None = None) -> None:
    """Take name, colour and logo from `wanted`; raises Refused for a colour on which nobody reads,
    Overtaken as choose_settings() does.

    The logo's file is there already; the one before is deleted once the change is durable.
    """
    if not is_readable(wanted.brand_hue, wanted.brand_chroma):
        raise Refused(
            N_("Words would be hard to read in this colour. Please choose a calmer one."),
            field="colour",
        )
    before = load_settings().logo
    choose_settings(actor, seen=seen, **{name: getattr(wanted, name) for name in LOOK})
    if before and before != wanted.logo:
        after_commit(lambda: forget_upload(before))
