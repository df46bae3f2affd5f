"""Who may report, hide, decide and object, and why not. Pure: no SQL, no request.

`item` needs author_id, author_role, board_id, state and kind; `case` needs state; `decision` needs
author_id, kind, decided_at and case_id: any row or object with these attributes will do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from app.accounts.actor import Actor
from app.accounts.rules import outranks
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny
from app.moderation.models import RESTRICTING

#: The privilege of super users (superusers grants it for a term); its scope is "*" or "board:<id>".
MODERATE = "moderate"
APPEAL_DAYS = 183  # Art. 20(1) DSA: at least six months

#: In which state of a post which decisions make sense, and which of them super users may take.
POSSIBLE = {
    "visible": ("hide", "keep"),
    "hidden": ("restore", "hide"),
    "held": ("approve", "reject"),
    "removed": (),
}

NOT_YOURS = N_("You cannot decide about your own post. Somebody else from the team will.")
TOO_HIGH = N_(
    "This was written by somebody with the same or a higher role. Somebody with a higher "
    "role has to decide."
)


def can_report_post(actor: Actor, item: Any) -> Verdict:
    if not actor.is_authenticated:
        return deny(N_("Please sign in to report a post."))
    if not actor.is_active:
        return deny(
            N_(
                "Your account is suspended. You can still give notice of illegal content with the "
                "form that is open to everybody."
            )
        )
    if item.author_id == actor.id:
        return deny(N_("This is your own post. You cannot report it."))
    if item.state != "visible" or item.kind == "note":
        return deny(N_("This post cannot be reported, because not everybody sees it."))
    return ALLOW


def moderates_somewhere(actor: Actor) -> bool:
    """Staff everywhere; super users where a grant says so."""
    granted = any(privilege == MODERATE for privilege, _scope in actor.grants)
    return actor.is_staff or (actor.is_active and actor.role == "superuser" and granted)


def moderates_board(actor: Actor, board_id: int) -> bool:
    if actor.is_staff:
        return True
    scopes = {scope for privilege, scope in actor.grants if privilege == MODERATE}
    return moderates_somewhere(actor) and bool(scopes & {"*", f"board:{board_id}"})


def can_act_on_post(actor: Actor, item: Any) -> Verdict:
    """What every decision needs: the board is theirs, and the author is below them."""
    if not moderates_board(actor, item.board_id):
        return deny(N_("You do not moderate this board. Please leave the case to those who do."))
    if item.author_id == actor.id:
        return deny(NOT_YOURS)
    if not outranks(actor, item.author_role):
        return deny(TOO_HIGH)
    return ALLOW


def can_open_case(actor: Actor, item: Any) -> Verdict:
    """Look into a post that nobody has reported: staff and super users with a grant."""
    return can_act_on_post(actor, item)


def can_decide(actor: Actor, case: Any, item: Any, kind: str) -> Verdict:
    """Take the decision `kind` in a case that is open."""
    if not (acting := can_act_on_post(actor, item)):
        return acting
    if case.state != "open":
        return deny(N_("This case is already decided. Please look at the decision."))
    if kind not in POSSIBLE[item.state]:
        return deny(
            N_("This is not possible in the state that the post has now. Please reload the page.")
        )
    if not actor.is_staff and (kind != "hide" or item.state != "visible"):
        return deny(
            N_("Super users can hide a post. What happens then is decided by the service team.")
        )
    return ALLOW


def can_read_decision(actor: Actor, decision: Any) -> Verdict:
    """The author and the staff; for others the decision does not exist."""
    if actor.is_staff or (decision.tells_author and decision.author_id == actor.id):
        return ALLOW
    return deny(N_("There is nothing at this address, or it is not public."))


def can_appeal(actor: Actor, decision: Any, *, now: datetime) -> Verdict:
    """Object to a restriction of one's own post, suspended or not, once, for six months."""
    if decision.author_id != actor.id:
        return deny(N_("Only the author can object to this decision."))
    if decision.kind not in RESTRICTING:
        return deny(N_("This decision restricts nothing, so there is nothing to object to."))
    if decision.reversed_by is not None:
        return deny(N_("This decision has been reversed. Your post is visible again."))
    if decision.appeal_id is not None:
        return deny(N_("You have already objected to this decision."))
    if now > appeal_deadline(decision.decided_at):
        return deny(
            N_("The time to object was %(days)s days and is over. You can still go to court."),
            days=APPEAL_DAYS,
        )
    return ALLOW


def appeal_deadline(decided_at: datetime) -> datetime:
    return decided_at + timedelta(days=APPEAL_DAYS)


def can_decide_appeal(
    actor: Actor, decision: Any, item: Any, *, deciders: Collection[int]
) -> Verdict:
    """Somebody from the staff who took no decision in the case (`deciders` did)."""
    if not actor.is_staff:
        return deny(N_("Objections are decided by the service team, never by super users."))
    if not (acting := can_act_on_post(actor, item)):
        return acting
    if actor.id in deciders:
        return deny(
            N_(
                "You have decided in this case before. Somebody else has to decide about the "
                "objection."
            )
        )
    return ALLOW


def can_write_netiquette(actor: Actor) -> Verdict:
    """Change the rules that hold for everybody."""
    if actor.role == "admin" and actor.is_active:
        return ALLOW
    return deny(N_("Only administrators can write the netiquette. Please ask one of them."))
