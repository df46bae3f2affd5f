"""Nominations, invitations and terms, each with the person they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account, Rank
from app.core.db import db
from app.core.errors import NotFound
from app.superusers.models import Nomination, Term

NOMINATIONS_A_PAGE = 30
TERMS_SHOWN = 100

_decider = aliased(Account)


def _nominations() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Nomination.id,
            Nomination.account_id,
            Nomination.state,
            Nomination.opened_at,
            Nomination.points,
            Nomination.solutions,
            Nomination.thankers,
            Nomination.days,
            Nomination.decided_by,
            Nomination.decided_at,
            Nomination.reason,
            Nomination.answered_at,
            Account.name,
            Account.role,
            Account.state.label("account_state"),
            Account.about,
            Rank.name_de,
            Rank.name_en,
            _decider.name.label("decider_name"),
        )
        .select_from(Nomination)
        .join(Account, Account.id == Nomination.account_id)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(_decider, _decider.id == Nomination.decided_by)
    )


def nominations_page(
    filter_: str, *, after: tuple[int, ...] | None = None
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """ "open": the ones to decide, oldest first; "decided": the others, newest first."""
    statement = _nominations()
    start = after[0] if after else None
    if filter_ == "open":
        statement = statement.where(Nomination.state == "open").order_by(Nomination.id)
        statement = statement.where(Nomination.id > start) if start is not None else statement
    else:
        statement = statement.where(Nomination.state != "open").order_by(Nomination.id.desc())
        statement = statement.where(Nomination.id < start) if start is not None else statement
    rows = db.session.execute(statement.limit(NOMINATIONS_A_PAGE + 1)).all()
    more = len(rows) > NOMINATIONS_A_PAGE
    return rows[:NOMINATIONS_A_PAGE], (rows[NOMINATIONS_A_PAGE - 1].id,) if more else None


def open_nominations(limit: int) -> Sequence[Any]:
    """The oldest ones that wait for a decision."""
    statement = _nominations().where(Nomination.state == "open").order_by(Nomination.id)
    return db.session.execute(statement.limit(limit)).all()


def nomination_or_404(nomination_id: int, viewer: Actor, *, lock: bool = False) -> Any:
    """Only the team knows of nominations."""
    statement = _nominations().where(Nomination.id == nomination_id)
    if lock:
        statement = statement.with_for_update(of=Nomination)
    found = db.session.execute(statement).first() if viewer.is_staff else None
    if found is None:
        raise NotFound()
    return found


def invitation_of(viewer: Actor, *, lock: bool = False) -> Any | None:
    """The confirmed nomination that this person has not answered yet."""
    statement = _nominations().where(
        Nomination.account_id == viewer.id, Nomination.state == "confirmed"
    )
    if lock:
        statement = statement.with_for_update(of=Nomination)
    return db.session.execute(statement).first() if viewer.id is not None else None


def newest_nomination(account_id: int) -> Nomination | None:
    """The last one of this person, whatever became of it."""
    return db.session.execute(
        select(Nomination)
        .filter_by(account_id=account_id)
        .order_by(Nomination.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).scalar()


def _terms() -> Select[*tuple[Any, ...]]:
    return select(
        Term.id,
        Term.account_id,
        Term.nomination_id,
        Term.charter_version,
        Term.begins_at,
        Term.ends_at,
        Term.ended_at,
        Term.reason,
        Account.name,
        Account.role,
        Account.state,
    ).join(Account, Account.id == Term.account_id)


def running_terms(
    *, after: tuple[int, ...] | None = None
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """Terms that run, in the order in which they began."""
    statement = _terms().where(Term.ended_at.is_(None)).order_by(Term.id)
    if after is not None:
        statement = statement.where(Term.id > after[0])
    rows = db.session.execute(statement.limit(TERMS_SHOWN + 1)).all()
    return rows[:TERMS_SHOWN], (rows[TERMS_SHOWN - 1].id,) if len(rows) > TERMS_SHOWN else None


def running_term(account_id: int) -> Any | None:
    statement = _terms().where(Term.account_id == account_id, Term.ended_at.is_(None))
    return db.session.execute(statement).first()


def term_or_404(term_id: int, viewer: Actor, *, lock: bool = False) -> Any:
    """For the team, also a term that is over."""
    statement = _terms().where(Term.id == term_id)
    if lock:
        statement = statement.with_for_update(of=Term)
    found = db.session.execute(statement).first() if viewer.is_staff else None
    if found is None:
        raise NotFound()
    return found


def terms_due(now: datetime, limit: int) -> Sequence[Any]:
    """Running terms whose time is over."""
    statement = _terms().where(Term.ended_at.is_(None), Term.ends_at <= now).order_by(Term.id)
    return db.session.execute(statement.limit(limit)).all()
