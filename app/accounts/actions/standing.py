"""What a member may do here: role, grants, rank. Each holds from the person's next request on.

An actor of None is the house itself: a feature that has asked its own rules first (an accepted
charter, a term that ran out). Everybody else is asked here: nobody decides about the own standing,
and nobody acts on equals or superiors.
"""

from __future__ import annotations

from sqlalchemy import delete

from app.accounts import queries, rules
from app.accounts.actor import Actor
from app.accounts.events import GrantGiven, GrantRevoked, RankChanged, RoleChanged
from app.accounts.models import Account, Consent, Grant, Rank
from app.core import clock
from app.core.db import db, insert_once
from app.core.errors import N_, NotFound, Refused
from app.core.events import record
from app.core.rules import require

EVERYWHERE = "*"


def set_role(actor: Actor | None, account_id: int, role: str) -> None:
    """Give a role; the same one again changes nothing. Grants stay: take them with revoke_all.

    Raises Refused where nobody would be left who administers: two who take it from each other at
    the same moment find the other's row locked, and then gone.
    """
    administrators = queries.administrators()
    account = _locked(account_id)
    if actor is not None:
        require(rules.can_set_role(actor, account, role))
    before = account.role
    if before != role:
        if before == "admin" and administrators == [account_id]:
            raise Refused(N_("This is the last administrator. Please name another one first."))
        account.role = role
        db.session.flush()
        by = actor.id if actor else None
        record(RoleChanged(account_id=account_id, actor_id=by, role=role, before=before))


def grant(actor: Actor | None, account_id: int, privilege: str, scope: str = EVERYWHERE) -> None:
    """Give one privilege within a scope such as "board:12" or "*"; twice is once."""
    account = _locked(account_id)
    if actor is not None:
        require(rules.can_act_on_member(actor, account))
    by = actor.id if actor else None
    mine = {"account_id": account_id, "privilege": privilege, "scope": scope}
    if insert_once(Grant, **mine, granted_by=by, granted_at=clock.now()):
        given = queries.grant_ids(account_id, privilege, scope)
        record(GrantGiven(account_id=account_id, grant_id=given[0], actor_id=by))


def revoke(actor: Actor | None, account_id: int, privilege: str, scope: str = EVERYWHERE) -> None:
    """Take one privilege back; quiet where there is none."""
    account = _locked(account_id)
    if actor is not None:
        require(rules.can_act_on_member(actor, account))
    _take(actor, account_id, queries.grant_ids(account_id, privilege, scope))


def revoke_all(actor: Actor | None, account_id: int) -> None:
    """Take every privilege back, as when a term ends."""
    account = _locked(account_id)
    if actor is not None:
        require(rules.can_act_on_member(actor, account))
    _take(actor, account_id, queries.grant_ids(account_id))


def set_rank(account_id: int, rank_id: int | None) -> None:
    """Set the label beside the name. Only criteria decide that, so there is no actor."""
    account = _locked(account_id)
    if account.rank_id != rank_id:
        account.rank_id = rank_id
        db.session.flush()
        record(RankChanged(account_id=account_id, rank_id=rank_id))


def lay_rank(key: str, *, name_de: str, name_en: str, position: int) -> int:
    """A rank under this key, made if it is missing; its id. Names that are there already stay."""
    insert_once(Rank, key=key, name_de=name_de, name_en=name_en, position=position)
    return queries.rank_id(key)


def give_consent(actor: Actor, kind: str, version: int) -> None:
    """This person accepts a version of a document; a second time changes nothing."""
    insert_once(
        Consent, account_id=actor.account_id, kind=kind, version=version, given_at=clock.now()
    )


def _take(actor: Actor | None, account_id: int, grant_ids: list[int]) -> None:
    by = actor.id if actor else None
    for grant_id in grant_ids:
        db.session.execute(delete(Grant).where(Grant.id == grant_id))
        record(GrantRevoked(account_id=account_id, grant_id=grant_id, actor_id=by))


def _locked(account_id: int) -> Account:
    """The row as it is now; on PostgreSQL nobody else changes it meanwhile."""
    account = db.session.get(Account, account_id, with_for_update=True, populate_existing=True)
    if account is None:
        raise NotFound()
    return account
