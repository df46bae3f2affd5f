"""Taking, handing over and releasing what waits; notes; trying a job again."""

from __future__ import annotations

from sqlalchemy import update

from app.accounts import queries as accounts
from app.accounts.actor import Actor
from app.core import clock, jobs
from app.core.db import db, insert_once
from app.core.errors import N_, Conflict, NotFound
from app.core.events import record
from app.core.rules import require
from app.desk import queries, rules
from app.desk.events import NoteWritten, ThingAssigned, ThingReleased
from app.desk.models import Assignment, Note
from app.forum import queries as forum


def assign(actor: Actor, *, kind: str, thing_id: int, account_id: int) -> None:
    """Put somebody of the team in charge, in place of whoever was; again changes nothing.

    Call it within a request: the inbox's items carry addresses. Raises NotFound where the thing
    does not wait for the actor or there is no such colleague.
    """
    require(rules.can_work_at_desk(actor))
    queries.waiting_or_404(kind, thing_id, actor)
    colleague = actor if account_id == actor.id else accounts.actor_by_id(account_id)
    if colleague is None:
        raise NotFound()
    require(rules.can_assign(actor, colleague))
    before = queries.open_assignment(kind, thing_id)
    if before is None or before.account_id != account_id:
        if before is not None:
            _close(before, by=actor.id)
        _open(actor, kind=kind, thing_id=thing_id, account_id=account_id)


def take(actor: Actor, *, kind: str, thing_id: int) -> None:
    assign(actor, kind=kind, thing_id=thing_id, account_id=actor.account_id)


def release(actor: Actor, *, kind: str, thing_id: int) -> None:
    """Nobody is in charge from now on; nothing happens where nobody was."""
    require(rules.can_release(actor))
    queries.waiting_or_404(kind, thing_id, actor)
    before = queries.open_assignment(kind, thing_id)
    if before is not None:
        _release(before, by=actor.id)


def release_all(account_id: int, *, by: int | None) -> None:
    """The house: this person is in charge of nothing from now on, because of what `by` decided."""
    for assignment in queries.assignments_held_by(account_id):
        _release(assignment, by=by)


def write_note(actor: Actor, *, topic_id: int, text: str, html: str) -> Note:
    require(rules.can_write_note(actor))
    topic = forum.topic_or_404(topic_id, actor)
    note = Note(
        topic_id=topic.id,
        text=text,
        html=html,
        written_by=actor.account_id,
        written_at=clock.now(),
    )
    db.session.add(note)
    db.session.flush()
    record(NoteWritten(note_id=note.id, topic_id=topic.id, actor_id=actor.account_id))
    return note


def retry_job(actor: Actor, job_id: int) -> None:
    """Begin anew with a job that failed for good; nothing happens to others."""
    require(rules.can_retry_job(actor))
    jobs.retry(queries.job_or_404(job_id).id)


def _release(assignment: Assignment, *, by: int | None) -> None:
    _close(assignment, by=by)
    record(
        ThingReleased(
            kind=assignment.kind,
            thing_id=assignment.thing_id,
            account_id=assignment.account_id,
            actor_id=by,
        )
    )


def _close(assignment: Assignment, *, by: int | None) -> None:
    db.session.execute(
        update(Assignment)
        .where(Assignment.id == assignment.id)
        .values(released_at=clock.now(), released_by=by)
        .execution_options(synchronize_session=False)
    )


def _open(actor: Actor, *, kind: str, thing_id: int, account_id: int) -> None:
    is_new = insert_once(
        Assignment,
        kind=kind,
        thing_id=thing_id,
        account_id=account_id,
        assigned_by=actor.account_id,
        assigned_at=clock.now(),
    )
    if not is_new:
        raise Conflict(
            N_("Somebody else has just taken this. Please choose something else from the inbox.")
        )
    record(
        ThingAssigned(
            kind=kind, thing_id=thing_id, account_id=account_id, actor_id=actor.account_id
        )
    )
