"""The invited person answers: accepts the charter and begins, or refuses."""

from __future__ import annotations

from sqlalchemy import update

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.rules import require
from app.superusers import queries, rules
from app.superusers.actions.laying import CHARTER, SUPERUSER
from app.superusers.events import InvitationRefused, SuperUserBegan
from app.superusers.models import Nomination, Term


def accept_charter(actor: Actor, *, version: int) -> None:
    """Become a super user for TERM_MONTHS, from the next request on. Twice is once.

    `version` is the one that the person read; raises Refused when another one is in force now.
    """
    if queries.running_term(actor.account_id) is not None:
        return
    invitation = queries.invitation_of(actor, lock=True)
    require(rules.can_answer_invitation(actor, invitation))
    assert invitation is not None
    if version != people.current_version(CHARTER):
        raise Refused(N_("The charter has changed meanwhile. Please read it once more."))
    _answer(invitation.id, "accepted")
    accounts.give_consent(actor, CHARTER, version)
    accounts.set_role(None, actor.account_id, SUPERUSER)
    for privilege in rules.TERM_PRIVILEGES:
        accounts.grant(None, actor.account_id, privilege)
    moment = clock.now()
    term = Term(
        account_id=actor.account_id,
        nomination_id=invitation.id,
        charter_version=version,
        begins_at=moment,
        ends_at=rules.end_of_term(moment),
    )
    db.session.add(term)
    db.session.flush()
    record(SuperUserBegan(term_id=term.id, account_id=actor.account_id))


def refuse_invitation(actor: Actor) -> None:
    """Say no, without giving reasons."""
    invitation = queries.invitation_of(actor, lock=True)
    newest = queries.newest_nomination(actor.account_id)
    if invitation is None and newest is not None and newest.state == "refused":
        return
    require(rules.can_answer_invitation(actor, invitation))
    assert invitation is not None
    _answer(invitation.id, "refused")
    record(InvitationRefused(nomination_id=invitation.id, account_id=actor.account_id))


def _answer(nomination_id: int, state: str) -> None:
    db.session.execute(
        update(Nomination)
        .where(Nomination.id == nomination_id)
        .values(state=state, answered_at=clock.now())
    )
