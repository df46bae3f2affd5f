"""How members became super users: the first ones by name, later ones by what they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from app.accounts import queries as accounts
from app.demo import queries
from app.demo.material import Calendar, read
from app.demo.people import people
from app.demo.steps import Step
from app.demo.world import World
from app.superusers import actions
from app.superusers import queries as standing
from app.superusers.actions.laying import CHARTER, SUPERUSER

LEAD = "Ole"
REMEMBERED_DAYS = 180  # as far back as the threads go
#: A worker does it within a second; so much of the demo's time would be looking.
LOOKS = ("03:30", "12:00", "20:30")
FIRST_ASK = {"points": 0, "solutions": 0, "thankers": 0, "days": 0}
#: What suits a community of sixty people; set-up's figures are meant for thousands.
ASKS = {
    "helper": {"points": 20, "solutions": 1, "thankers": 2, "days": 0},
    "expert": {"points": 45, "solutions": 2, "thankers": 4, "days": 14},
    "mentor": {"points": 70, "solutions": 2, "thankers": 6, "days": 30},
    SUPERUSER: {"points": 90, "solutions": 3, "thankers": 8, "days": 60},
}


def steps(calendar: Calendar) -> Iterator[Step]:
    first = [p for p in people() if p["role"] == SUPERUSER]
    begins = calendar.now - timedelta(days=max(p["term"] for p in first) + 1)
    yield Step(begins, lambda world: actions.change_criteria(SUPERUSER, **FIRST_ASK))
    for person in first:
        chosen = calendar.moment(person["term"], "17:30")
        yield Step(chosen, partial(_choose, person["name"]))
        if "renewed" in person:
            renewed = calendar.moment(person["renewed"], "10:00")
            yield Step(renewed, partial(_renew, person["name"]))
    yield Step(calendar.moment(REMEMBERED_DAYS, "09:00"), _ask_for_more)
    for day in range(REMEMBERED_DAYS, -1, -1):
        looks = (calendar.moment(day, clock_time) for clock_time in LOOKS)
        yield from (Step(at, _look_at_everybody) for at in looks if at < calendar.latest)
    for decision in read("programme.json"):
        yield Step(calendar.past(decision), partial(_decide, decision))


def _choose(name: str, world: World) -> None:
    """Where nothing is asked for, the house nominates whoever is named."""
    account_id = world.account(name)
    actions.open_nomination(account_id)
    nomination = standing.newest_nomination(account_id)
    assert nomination is not None
    reason = "Hilft hier seit Jahren, von Anfang an dabei."
    actions.confirm_nomination(world.actor(LEAD), nomination.id, reason=reason)
    version = accounts.current_version(CHARTER)
    assert version is not None
    actions.accept_charter(world.actor(name), version=version)


def _renew(name: str, world: World) -> None:
    term = standing.running_term(world.account(name))
    assert term is not None
    actions.renew_term(world.actor(LEAD), term.id)


def _ask_for_more(_world: World) -> None:
    for key, asks in ASKS.items():
        actions.change_criteria(key, **asks)


def _look_at_everybody(_world: World) -> None:
    """What the daily tick does: criteria follow the days too, and terms end."""
    ladder = standing.ladder()
    for figures in standing.member_figures(queries.members_with_points()).values():
        if actions.wants_review(figures, ladder):
            actions.adjust_rank(figures.account_id)
            actions.open_nomination(figures.account_id)
    actions.end_due_terms()


def _decide(decision: dict[str, Any], world: World) -> None:
    nomination = standing.newest_nomination(world.account(decision["name"]))
    if nomination is None:
        raise LookupError(f"{decision['name']} was not nominated")
    if decision["verdict"] == "refuse":
        actions.refuse_invitation(world.actor(decision["name"]))
    else:
        by = world.actor(decision["by"])
        actions.confirm_nomination(by, nomination.id, reason=decision["reason"])
