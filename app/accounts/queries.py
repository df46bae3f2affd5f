"""What we need to know about people; the only room of accounts with select()."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.models import Account, Grant, Rank, SignedInSession
from app.core import clock
from app.core.db import db


def actor_by_session(secret_hash: str) -> Actor | None:
    """The person behind a session cookie, with rank and grants, in one query; None if it ended."""
    rows = db.session.execute(
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Account.locale,
            Account.unread_count,
            Rank.key.label("rank"),
            Grant.privilege,
            Grant.scope,
        )
        .join(SignedInSession, SignedInSession.account_id == Account.id)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(Grant, Grant.account_id == Account.id)
        .where(SignedInSession.secret_hash == secret_hash)
        .where(SignedInSession.expires_at > clock.now())
        .where(Account.state.in_(("active", "suspended")))
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Actor(
        id=first.id,
        name=first.name,
        role=first.role,
        state=first.state,
        rank=first.rank,
        grants=frozenset((r.privilege, r.scope) for r in rows if r.privilege is not None),
        locale=first.locale,
        unread_count=first.unread_count,
        session_hash=secret_hash,
    )
