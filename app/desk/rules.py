"""Who works at the desk, and who may be given work there. Pure."""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny


def can_work_at_desk(actor: Actor) -> Verdict:
    """Take, release and read what waits: agents, moderators and admins."""
    return (
        ALLOW
        if actor.is_staff
        else deny(
            N_("Only the service team can do this. If you need to, please ask an administrator.")
        )
    )


def can_assign(actor: Actor, colleague: Any) -> Verdict:
    """Put `colleague` (id, role, state: an Actor) in charge, oneself or another of the team."""
    if not (working := can_work_at_desk(actor)):
        return working
    return (
        ALLOW
        if colleague.is_staff
        else deny(
            N_(
                "Only somebody from the service team can be in charge here. Please choose another "
                "person."
            )
        )
    )


def can_release(actor: Actor) -> Verdict:
    """A colleague's things too: people fall ill, and the history keeps who did it."""
    return can_work_at_desk(actor)


def can_write_note(actor: Actor) -> Verdict:
    return can_work_at_desk(actor)


def can_use_replies(actor: Actor) -> Verdict:
    """Read canned replies and put them into answers."""
    return can_work_at_desk(actor)


def can_change_replies(actor: Actor) -> Verdict:
    """Write, change, order and archive them: moderators and admins answer for the wording."""
    if not (working := can_work_at_desk(actor)):
        return working
    if actor.role in ("moderator", "admin"):
        return ALLOW
    return deny(
        N_(
            "Only moderators and administrators can write canned replies. You can use them in "
            "your answers."
        )
    )


def can_retry_job(actor: Actor) -> Verdict:
    if actor.role == "admin" and actor.is_active:
        return ALLOW
    return deny(N_("Only administrators can look after failed jobs. Please tell one of them."))
