"""Who is behind a browser's cookie or a program's token, with everything that the rules ask for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, null, select

from app.accounts import rules
from app.accounts.actor import Actor
from app.accounts.models import Account, ApiToken, Consent, Grant, Rank, SignedInSession
from app.accounts.queries.documents import NETIQUETTE, version_in_force
from app.core import clock
from app.core.db import UtcDateTime, db

_NOW = bindparam("now", type_=UtcDateTime)


def actor_by_session(secret_hash: str) -> tuple[Actor, Any] | None:
    """The person behind a session cookie with rank and grants, and the session's times.

    One query. None if it ended; the idle time is for app/accounts/session.py to judge.
    """
    rows = _run(_by_session(), secret_hash)
    return (_actor(rows, session_hash=secret_hash), rows[0]) if rows else None


def actor_by_token(secret_hash: str) -> tuple[Actor, Any] | None:
    """For whom a program acts, and the token's id and `used_at`; one query.

    None when the token is revoked or over, or its account anything but active.
    """
    rows = _run(_by_token(), secret_hash)
    return (_actor(rows, token_scope=rows[0].token_scope), rows[0]) if rows else None


def _run(statement: Select[*tuple[Any, ...]], secret_hash: str) -> Sequence[Any]:
    values = {"secret_hash": secret_hash, "now": clock.now()}
    return db.session.connection().execute(statement, values).all()


@lru_cache
def _by_session() -> Select[*tuple[Any, ...]]:
    return (
        _people(SignedInSession.created_at, SignedInSession.seen_at)
        .join(SignedInSession, SignedInSession.account_id == Account.id)
        .where(SignedInSession.secret_hash == bindparam("secret_hash"))
        .where(SignedInSession.expires_at > _NOW)
        .where(Account.state.in_(("active", "suspended")))
    )


@lru_cache
def _by_token() -> Select[*tuple[Any, ...]]:
    return (
        _people(
            ApiToken.id.label("token_id"), ApiToken.scope.label("token_scope"), ApiToken.used_at
        )
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.secret_hash == bindparam("secret_hash"), ApiToken.revoked_at.is_(None))
        .where(ApiToken.expires_at > _NOW, Account.state == "active")
    )


def _people(*more: Any) -> Select[*tuple[Any, ...]]:
    """One row per grant, or one without."""
    in_force = version_in_force(NETIQUETTE, at=_NOW)
    accepted = exists().where(
        Consent.account_id == Account.id, Consent.kind == NETIQUETTE, Consent.version == in_force
    )
    return (
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Account.locale,
            Account.unread_count,
            Account.created_at.label("joined_at"),
            Rank.key.label("rank"),
            Grant.privilege,
            Grant.scope,
            case((accepted, null()), else_=in_force).label("consent_due"),
            *more,
        )
        .select_from(Account)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(Grant, Grant.account_id == Account.id)
    )


def _actor(rows: Sequence[Any], **more: Any) -> Actor:
    first = rows[0]
    grants = frozenset((r.privilege, r.scope) for r in rows if r.privilege is not None)
    return Actor(
        id=first.id,
        name=first.name,
        role=first.role,
        state=first.state,
        rank=first.rank,
        grants=grants,
        locale=first.locale,
        unread_count=first.unread_count,
        consent_due=first.consent_due,
        is_newcomer=rules.is_newcomer(first.joined_at, grants, clock.now()),
        **more,
    )
