"""What earns points, what the steps of the ladder ask for, and who decides about whom. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from app.accounts.actor import Actor
from app.accounts.rules import can_act_on_member
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

VOTE_POINTS = 2
ACCEPTANCE_POINTS = 10
RANK_KEPT_DAYS = 14  # a new rank is not lost again within this time, whatever votes do
TERM_MONTHS = 12
RENEWAL_WEEKS = 4  # before the end of a term the team may add the next one

#: What a super user may do everywhere: hide posts after a rule.
TERM_PRIVILEGES = ("moderate",)
#: Whom the programme is for: the team helps because it is its work.
MEMBER_ROLES = ("customer", "superuser")
#: What a step may ask for, in the order in which pages name it.
CRITERIA = ("points", "solutions", "thankers", "days")

POINTS = {"vote": VOTE_POINTS, "acceptance": ACCEPTANCE_POINTS}

Step = TypeVar("Step")


def meets(criteria: Any, standing: Any) -> bool:
    """Does a standing (points, solutions, thankers, days) reach all that these criteria ask for?"""
    return all(getattr(standing, name) >= getattr(criteria, name) for name in CRITERIA)


def deserved(criteria: Sequence[Step], standing: Any) -> Step | None:
    """The highest of these steps (lowest first) that the standing reaches; None for none."""
    return next((step for step in reversed(criteria) if meets(step, standing)), None)


def may_lose_rank(changed_at: datetime | None, now: datetime) -> bool:
    """A rank reached at `changed_at` stays for RANK_KEPT_DAYS."""
    return changed_at is None or now - changed_at >= timedelta(days=RANK_KEPT_DAYS)


def days_since(moment: datetime, now: datetime) -> int:
    """Whole days that somebody has been here."""
    return max(0, (now - moment).days)


def month_start(moment: datetime) -> datetime:
    """Midnight of the first day of this moment's month, in its own time zone."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def end_of_term(begins_at: datetime) -> datetime:
    """The same day TERM_MONTHS later; 29 February becomes 28 February."""
    years, month = divmod(begins_at.month - 1 + TERM_MONTHS, 12)
    day = begins_at.day
    while True:
        try:
            return begins_at.replace(year=begins_at.year + years, month=month + 1, day=day)
        except ValueError:
            day -= 1


def can_be_nominated(account: Any) -> bool:
    """Active customers only; who is a super user or in the team is so already."""
    return bool(account.role == "customer" and account.state == "active")


def can_decide_nomination(actor: Actor, nomination: Any) -> Verdict:
    """`nomination` needs account_id, role (the person's) and state."""
    if not (acting := can_act_on_member(actor, _member(nomination))):
        return acting
    if nomination.state != "open":
        return deny(N_("This nomination is already decided."))
    return ALLOW


def can_withdraw_invitation(actor: Actor, nomination: Any) -> Verdict:
    if not (acting := can_act_on_member(actor, _member(nomination))):
        return acting
    if nomination.state != "confirmed":
        return deny(N_("Only an invitation that nobody has answered yet can be taken back."))
    return ALLOW


def can_answer_invitation(actor: Actor, nomination: Any) -> Verdict:
    """Accept or refuse the charter: the invited person alone, and only while invited."""
    if not actor.is_authenticated:
        return deny(N_("Please sign in to take part."))
    if not actor.is_active:
        return deny(
            N_(
                "Your account is suspended. You can still read, but not write. The service team can "
                "tell you more."
            )
        )
    if (
        nomination is None
        or nomination.account_id != actor.id
        or nomination.state != "confirmed"
        or actor.role != "customer"
    ):
        return deny(N_("There is no invitation for you right now. The team sends them."))
    return ALLOW


def can_end_term(actor: Actor, term: Any) -> Verdict:
    """`term` needs account_id, role (the person's) and ended_at."""
    if not (acting := can_act_on_member(actor, _member(term))):
        return acting
    return deny(N_("This term is already over.")) if term.ended_at is not None else ALLOW


def can_step_down(actor: Actor, term: Any) -> Verdict:
    """One's own running term only; a suspended member too: whoever wants to go may go."""
    if term.account_id == actor.id and term.ended_at is None:
        return ALLOW
    return deny(N_("You can stop only for yourself."))


def can_renew_term(actor: Actor, term: Any, now: datetime) -> Verdict:
    """In the last weeks of a running term, so that nobody is renewed for ever."""
    if not (ending := can_end_term(actor, term)):
        return ending
    if term.ends_at - now > timedelta(weeks=RENEWAL_WEEKS):
        return deny(N_("A term can be renewed in its last %(weeks)s weeks."), weeks=RENEWAL_WEEKS)
    return ALLOW


class _Member:
    """What can_act_on_member() asks for, from a row that names the person differently."""

    def __init__(self, account_id: int, role: str) -> None:
        self.id, self.role = account_id, role


def _member(row: Any) -> _Member:
    return _Member(row.account_id, row.role)
