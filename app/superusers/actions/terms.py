"""Terms of super users: renewed or ended by the team, ended by the house when their time is over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.accounts import actions as accounts
from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import record
from app.core.rules import require
from app.superusers import queries, rules
from app.superusers.actions.laying import SUPERUSER
from app.superusers.events import SuperUserEnded, TermRenewed
from app.superusers.models import Term

DUE_AT_ONCE = 100


def end_term(actor: Actor, term_id: int, *, reason: str) -> None:
    """End a term before its time: role and privileges go with the next request."""
    term = queries.term_or_404(term_id, actor, lock=True)
    require(rules.can_end_term(actor, term))
    _end(actor, term, reason, by=actor.id)


def step_down(actor: Actor) -> None:
    """Stop being a super user, without giving reasons; quiet for somebody who is none.

    The one change of one's own standing that anybody may make: downward.
    """
    term = queries.running_term(actor.account_id)
    if term is not None:
        require(rules.can_step_down(actor, term))
        _end(None, term, reason="", by=actor.id)


def end_term_of(account_id: int, *, by: int | None) -> None:
    """The house: this person is no super user any more, because of what `by` decided; quiet for
    somebody without a term.
    """
    term = queries.running_term(account_id)
    if term is not None:
        _end(None, term, reason="", by=by)


def renew_term(actor: Actor, term_id: int) -> None:
    """Let another term follow, in the last weeks of this one."""
    term = queries.term_or_404(term_id, actor, lock=True)
    require(rules.can_renew_term(actor, term, clock.now()))
    _close(term.id, reason="", by=actor.id)
    following = Term(
        account_id=term.account_id,
        nomination_id=term.nomination_id,
        charter_version=term.charter_version,
        begins_at=term.ends_at,
        ends_at=rules.end_of_term(term.ends_at),
    )
    db.session.add(following)
    db.session.flush()
    record(TermRenewed(term_id=following.id, account_id=term.account_id, actor_id=actor.account_id))


def end_due_terms() -> None:
    """A term ends on its day, also where nobody renewed it; some at a time."""
    due = queries.terms_due(clock.now(), DUE_AT_ONCE)
    for term in due:
        _end(None, term, reason="", by=None)


def _end(actor: Actor | None, term: Any, reason: str, *, by: int | None) -> None:
    """Whoever has another role by now keeps that; the privileges of the term go in any case."""
    _close(term.id, reason, by=by)
    if term.role == SUPERUSER:
        accounts.set_role(actor, term.account_id, "customer")
    for privilege in rules.TERM_PRIVILEGES:
        accounts.revoke(None, term.account_id, privilege)
    record(SuperUserEnded(term_id=term.id, account_id=term.account_id, actor_id=by))


def _close(term_id: int, reason: str, *, by: int | None) -> None:
    db.session.execute(
        update(Term)
        .where(Term.id == term_id)
        .values(ended_at=clock.now(), ended_by=by, reason=reason)
    )
    db.session.flush()
