"""Who is in charge of what, notes, colleagues and failed jobs; the only room with select()."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import TEAM, Account
from app.core.db import db
from app.core.errors import NotFound
from app.core.inbox import InboxItem, gather
from app.core.jobs import Job
from app.core.remembered import remembered
from app.desk.models import THINGS, Assignment, Note
from app.forum import queries as forum
from app.forum.models import Topic
from app.forum.queries.topics import topics

LIMIT = 100  # of each kind; what waits longest is done first, then the rest shows
COLLEAGUES = 200
HISTORY = 50
NOTES_IN_STRIP = 3
NOTES_SHOWN = 100

Thing = tuple[str, int]
_By = aliased(Account)
_Releaser = aliased(Account)


@dataclass(frozen=True)
class Waiting:
    """A thing that somebody can be put in charge of, as its page in the desk names it."""

    kind: str
    id: int
    title: str
    topic_id: int | None = None
    item: InboxItem | None = None


def thing_of(item: InboxItem) -> Thing:
    return THINGS[item.kind], item.thing_id


def waiting_or_404(kind: str, thing_id: int, viewer: Actor) -> Waiting:
    """A topic that the viewer may read, or anything else that waits in the viewer's inbox."""
    if kind == "topic":
        topic = forum.topic_or_404(thing_id, viewer)
        return Waiting(kind, topic.id, topic.title, topic_id=topic.id)
    items, _complete = gather(viewer, LIMIT)
    for item in items:
        if thing_of(item) == (kind, thing_id):
            return Waiting(kind, thing_id, item.title, item=item)
    raise NotFound()


def assignments_of(things: Iterable[Thing]) -> dict[Thing, Any]:
    """Who is in charge of these now."""
    wanted = list(set(things))
    if not wanted:
        return {}
    rows = db.session.execute(
        select(
            Assignment.kind,
            Assignment.thing_id,
            Assignment.account_id,
            Assignment.assigned_at,
            Account.name,
        )
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.released_at.is_(None))
        .where(tuple_(Assignment.kind, Assignment.thing_id).in_(wanted))
    )
    return {(row.kind, row.thing_id): row for row in rows}


def open_assignment(kind: str, thing_id: int) -> Assignment | None:
    """Locked until the transaction ends."""
    return db.session.execute(
        select(Assignment)
        .filter_by(kind=kind, thing_id=thing_id, released_at=None)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar()


def assignments_held_by(account_id: int) -> Sequence[Assignment]:
    """What somebody is in charge of, locked until the transaction ends."""
    wanted = select(Assignment).filter_by(account_id=account_id, released_at=None)
    return db.session.scalars(wanted.order_by(Assignment.id).with_for_update()).all()


def topics_in_charge(viewer: Actor, limit: int) -> Sequence[Any]:
    """Topics that the viewer is in charge of and may read, and since when."""
    mine = and_(Assignment.kind == "topic", Assignment.thing_id == Topic.id)
    return db.session.execute(
        topics(Assignment.assigned_at)
        .join(Assignment, mine)
        .where(Assignment.account_id == viewer.id, Assignment.released_at.is_(None))
        .where(forum.topic_listed(viewer))
        .order_by(Assignment.id)
        .limit(limit)
    ).all()


def history_of(kind: str, thing_id: int) -> Sequence[Any]:
    """Who was in charge and through whom, the newest first."""
    return db.session.execute(
        select(
            Account.name,
            _By.name.label("by_name"),
            Assignment.assigned_at,
            Assignment.released_at,
            _Releaser.name.label("released_by_name"),
        )
        .join(Account, Account.id == Assignment.account_id)
        .join(_By, _By.id == Assignment.assigned_by)
        .outerjoin(_Releaser, _Releaser.id == Assignment.released_by)
        .where(Assignment.kind == kind, Assignment.thing_id == thing_id)
        .order_by(Assignment.id.desc())
        .limit(HISTORY)
    ).all()


def colleagues() -> Sequence[Any]:
    """Everybody of the team, by name; asked for again once an account has changed."""
    return remembered("desk.colleagues", (), _colleagues)


def _colleagues() -> Sequence[Any]:
    return db.session.execute(
        select(Account.id, Account.name)
        .where(Account.role.in_(TEAM), Account.state == "active")
        .order_by(Account.name_key)
        .limit(COLLEAGUES)
    ).all()


def notes_of(topic_id: int, limit: int) -> Sequence[Any]:
    """The newest first; call it for staff only."""
    return db.session.execute(
        select(Note.id, Note.html, Note.written_at, Account.name)
        .join(Account, Account.id == Note.written_by)
        .where(Note.topic_id == topic_id)
        .order_by(Note.id.desc())
        .limit(limit)
    ).all()


def failed_jobs(limit: int) -> Sequence[Job]:
    wanted = select(Job).where(Job.failed_at.is_not(None)).order_by(Job.failed_at, Job.id)
    return db.session.scalars(wanted.limit(limit)).all()


def job_or_404(job_id: int) -> Job:
    found = db.session.get(Job, job_id, populate_existing=True)
    if found is None:
        raise NotFound()
    return found
