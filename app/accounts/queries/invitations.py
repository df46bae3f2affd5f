"""Who is in the team, and who is asked into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from app.accounts.models import TEAM, Account, Invitation
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Gone, NotFound

LINK_GONE = N_(
    "Each link works once and only for a short time. You can have a new one sent to you."
)
COLLEAGUES = 200

_OPEN = and_(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
_RANK = case({role: rank for rank, role in enumerate(reversed(TEAM))}, value=Account.role)


def invitation_by_secret(secret_hash: str) -> Invitation:
    """The open invitation that this link belongs to; raises Gone without saying why."""
    found = db.session.scalars(
        select(Invitation)
        .where(Invitation.secret_hash == secret_hash, _OPEN)
        .where(Invitation.expires_at > clock.now())
    ).first()
    if found is None:
        raise Gone(LINK_GONE)
    return found


def open_invitation_to(email_key: str) -> Invitation | None:
    """Also one that is too old; its row is locked until the transaction ends."""
    wanted = select(Invitation).where(Invitation.email_key == email_key, _OPEN)
    return db.session.scalars(wanted.with_for_update()).first()


def open_invitation_or_404(invitation_id: int) -> Invitation:
    """Locked until the transaction ends."""
    wanted = select(Invitation).where(Invitation.id == invitation_id, _OPEN)
    found = db.session.scalars(
        wanted.with_for_update().execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound
    return found


def accepted_invitation(invitation_id: int) -> Any | None:
    """Who invited, and who came of it in which role."""
    return db.session.execute(
        select(Invitation.invited_by, Account.name, Account.role)
        .join(Account, Account.id == Invitation.account_id)
        .where(Invitation.id == invitation_id, Account.state == "active")
    ).first()


def open_invitations() -> Sequence[Any]:
    """Those too old as well, newest first, with the name of who invited."""
    return db.session.execute(
        select(
            Invitation.id,
            Invitation.email,
            Invitation.role,
            Invitation.invited_at,
            Invitation.expires_at,
            Account.name.label("inviter_name"),
        )
        .join(Account, Account.id == Invitation.invited_by)
        .where(_OPEN)
        .order_by(Invitation.id.desc())
        .limit(COLLEAGUES)
    ).all()


def team() -> Sequence[Any]:
    """Everybody of the team, administrators first, then by name."""
    return db.session.execute(
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Account.email,
            Account.created_at,
            Account.signed_in_at,
        )
        .where(_in_team())
        .order_by(_RANK, Account.name_key)
        .limit(COLLEAGUES)
    ).all()


def team_size() -> int:
    """How many of the team can work."""
    wanted = select(func.count()).select_from(Account)
    return int(db.session.execute(wanted.where(_in_team(), Account.state == "active")).scalar_one())


def any_administrator() -> bool:
    wanted = select(Account.id).where(Account.role == "admin", Account.state == "active")
    return db.session.execute(wanted.limit(1)).first() is not None


def is_anybody_invited() -> bool:
    wanted = select(Invitation.id).where(_OPEN, Invitation.expires_at > clock.now())
    return db.session.execute(wanted.limit(1)).first() is not None


def administrators() -> list[int]:
    """Who can administer now; nobody of them loses that until the transaction ends."""
    wanted = select(Account.id).where(Account.role == "admin", Account.state == "active")
    return list(db.session.scalars(wanted.order_by(Account.id).with_for_update()))


def _in_team() -> ColumnElement[bool]:
    return and_(Account.role.in_(TEAM), Account.state.in_(("active", "suspended")))
