"""Rows → what the pages of the programme show: steps, goals, lines of the ledger, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from app.accounts.actor import Actor
from app.accounts.display import Person, person
from app.core.figures import figure
from app.core.locale import current_language
from app.forum import queries as forum
from app.forum.display import topic_url
from app.superusers import queries
from app.superusers.actions.laying import SUPERUSER
from app.superusers.forms import NoteForm
from app.superusers.queries import Figures
from app.superusers.rules import CRITERIA

ICONS = {
    "newcomer": "person",
    "helper": "hand-thumbs-up",
    "expert": "lightbulb",
    "mentor": "compass",
    SUPERUSER: "award-fill",
}
OTHER_ICON = "star"
THANKED = "thanked"  # core.figures: {"month": "2026-11-01", "people": [[account id, solutions]]}
THANKED_PEOPLE = 5


@dataclass(frozen=True)
class Rung:
    """One step of the ladder; `name` is None for "super user", which templates translate."""

    key: str
    name: str | None
    icon: str
    asks: Sequence[tuple[str, int]]
    reached: bool
    here: bool


@dataclass(frozen=True)
class Goal:
    """One figure that the next step asks for; `share` is a percentage of at most 100."""

    name: str
    value: int
    wanted: int

    @property
    def done(self) -> bool:
        return self.value >= self.wanted

    @property
    def share(self) -> int:
        return min(100, 100 * self.value // self.wanted)


@dataclass(frozen=True)
class Line:
    """One line of the ledger; without `url` the viewer may not read the topic any more."""

    points: int
    cause: str
    earned_for: str
    happened_at: datetime
    title: str | None
    url: str | None


def rungs(ladder: Sequence[Any], figures: Figures | None) -> list[Rung]:
    """All steps, lowest first; `figures` is the viewer's own, None for a guest."""
    here = _place(ladder, figures)
    return [
        Rung(
            key=step.key,
            name=_label(step) if step.rank_id is not None else None,
            icon=ICONS.get(step.key, OTHER_ICON),
            asks=[(name, getattr(step, name)) for name in CRITERIA if getattr(step, name)],
            reached=here is not None and place < here,
            here=place == here,
        )
        for place, step in enumerate(ladder)
    ]


def goals(ladder: Sequence[Any], figures: Figures) -> list[Goal]:
    """What the next step asks for; empty at the top."""
    place = _place(ladder, figures)
    following = ladder[place + 1 :] if place is not None else ()
    if not following:
        return []
    step = following[0]
    return [
        Goal(name, getattr(figures, name), getattr(step, name))
        for name in CRITERIA
        if getattr(step, name)
    ]


def next_name(ladder: Sequence[Any], figures: Figures) -> str | None:
    """The name of the next rank; None where it is "super user"."""
    place = _place(ladder, figures)
    following = ladder[place + 1 :] if place is not None else ()
    return _label(following[0]) if following and following[0].rank_id is not None else None


def share_of(goals: Sequence[Goal]) -> int:
    """How much of the way to the next step is done, as a percentage; 100 only when all is."""
    return sum(goal.share for goal in goals) // len(goals) if goals else 100


def own_way(viewer: Actor, members: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "member.aside": one's own way to the next step, on one's own page."""
    mine = [member.id for member in members if member.id == viewer.id]
    if not mine:
        return {}
    ladder, figures = queries.ladder(), queries.progress_of(viewer)
    ahead = goals(ladder, figures)
    piece = {
        "template": "superusers/_way.html",
        "points": figures.points,
        "goals": ahead,
        "share": share_of(ahead),
        "next": next_name(ladder, figures),
    }
    return dict.fromkeys(mine, piece)


def line(row: Any) -> Line:
    readable = row.topic_id is not None
    return Line(
        points=row.points,
        cause=row.cause,
        earned_for=row.earned_for,
        happened_at=row.happened_at,
        title=row.topic_title,
        url=topic_url(row.topic_id, row.topic_title) if readable else None,
    )


def helper(row: Any) -> dict[str, Any]:
    """Somebody on the board of thanks, with points."""
    return shown(row).with_more(points=row.points)


def thanked_people(viewer: Actor, things: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "home": who solved most this month; before anybody did, who ever did."""
    known = figure(THANKED, {"month": None, "people": []})
    rows = queries.people([account_id for account_id, _ in known["people"]])
    helpers: list[Any] = [
        shown(rows[account_id]).with_more(solutions=solutions)
        for account_id, solutions in known["people"]
        if account_id in rows
    ]
    month = date.fromisoformat(known["month"]) if helpers else None
    helpers = helpers or [_best_ever(row) for row in forum.top_helpers(THANKED_PEOPLE)]
    piece = {"template": "superusers/_thanked.html", "month": month, "helpers": helpers}
    return {thing.id: piece for thing in things} if helpers else {}


def _best_ever(row: Any) -> Person:
    return person(
        row.name,
        role=row.role,
        state=row.state,
        name_de=row.name_de,
        name_en=row.name_en,
        solutions=row.solutions,
    )


def shown(row: Any) -> Person:
    return person(row.name, role=row.role, state="active", name_de=row.name_de, name_en=row.name_en)


def nomination(row: Any) -> dict[str, Any]:
    return {
        **row._mapping,
        "person": shown(row),
        "url": url_for("superusers_staff.nomination", id=row.id),
    }


def at_desk(viewer: Actor, things: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Slot "desk.thing": who could become a super user, and why."""
    return {
        thing.id: {
            "template": "superusers/_nomination_at_desk.html",
            "nomination": nomination(queries.nomination_or_404(thing.id, viewer)),
            "form": NoteForm(formdata={}),
        }
        for thing in things
        if thing.kind == "nomination"
    }


def term(row: Any) -> dict[str, Any]:
    return {
        **row._mapping,
        "person": person(row.name, role=row.role, state=row.state),
        "url": url_for("superusers_staff.term", id=row.id),
    }


def _place(ladder: Sequence[Any], figures: Figures | None) -> int | None:
    """Where the viewer stands: by role and rank, not by figures; who has neither, at the start."""
    if figures is None or not ladder:
        return None
    if figures.role != "customer":
        return len(ladder) - 1 if figures.role == SUPERUSER else None
    ranks = [step.rank_id for step in ladder]
    return ranks.index(figures.rank_id) if figures.rank_id in ranks and figures.rank_id else 0


def _label(step: Any) -> str:
    return str(step.name_de if current_language() == "de" else step.name_en)
