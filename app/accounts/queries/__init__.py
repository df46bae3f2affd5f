"""What we need to know about people; the only room of accounts with select()."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    or_,
    select,
)

from app.accounts.actor import Actor
from app.accounts.models import (
    SEEN_STATES,
    Account,
    Grant,
    MailToken,
    Rank,
    SignedInSession,
)
from app.accounts.queries.acting import actor_by_session, actor_by_token
from app.accounts.queries.documents import (
    NETIQUETTE,
    current_version,
    document,
    document_version,
    published_kinds,
    version_in_force,
)
from app.accounts.queries.invitations import (
    LINK_GONE,
    accepted_invitation,
    administrators,
    any_administrator,
    invitation_by_secret,
    is_anybody_invited,
    open_invitation_or_404,
    open_invitation_to,
    open_invitations,
    team,
    team_size,
)
from app.accounts.queries.tokens import own_token_or_404, tokens_of
from app.core import clock
from app.core.db import any_number, db
from app.core.errors import Gone, NotFound

#: What lives in the module beside this one.
__all__ = [
    "LINK_GONE",
    "NETIQUETTE",
    "accepted_invitation",
    "actor_by_session",
    "actor_by_token",
    "administrators",
    "any_administrator",
    "current_version",
    "document",
    "document_version",
    "invitation_by_secret",
    "is_anybody_invited",
    "open_invitation_or_404",
    "open_invitation_to",
    "open_invitations",
    "own_token_or_404",
    "published_kinds",
    "team",
    "team_size",
    "tokens_of",
    "version_in_force",
]

AnyRow: TypeAlias = Row[*tuple[Any, ...]]


def account_by_address(email_key: str) -> Account | None:
    return db.session.execute(select(Account).filter_by(email_key=email_key)).scalar()


def account_by_id(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def grant_ids(account_id: int, privilege: str | None = None, scope: str | None = None) -> list[int]:
    """The grants of this account: all, or those for one privilege and scope."""
    wanted = select(Grant.id).where(Grant.account_id == account_id)
    if privilege is not None:
        wanted = wanted.where(Grant.privilege == privilege, Grant.scope == scope)
    return list(db.session.scalars(wanted.order_by(Grant.id)))


def rank_id(key: str) -> int:
    return db.session.execute(select(Rank.id).filter_by(key=key)).scalar_one()


def own_account(actor: Actor) -> Account:
    """The actor's own row; raises NotFound for a guest or when it is gone meanwhile."""
    account = db.session.get(Account, actor.id) if actor.id is not None else None
    if account is None:
        raise NotFound
    return account


def account_by_name(name_key: str, name_skeleton: str) -> Account | None:
    """Who has this name or one that looks the same."""
    same = or_(Account.name_key == name_key, Account.name_skeleton == name_skeleton)
    return db.session.execute(select(Account).where(same).limit(1)).scalar()


def taken_names(keys: Iterable[str], skeletons: Iterable[str]) -> set[str]:
    """Which of these keys and skeletons are in use; a batch for the importer."""
    found = db.session.execute(
        select(Account.name_key, Account.name_skeleton).where(
            or_(Account.name_key.in_(list(keys)), Account.name_skeleton.in_(list(skeletons)))
        )
    ).all()
    return {value for row in found for value in row}


def mail_token(secret_hash: str, purpose: str) -> MailToken:
    """An unused, unexpired token for this purpose, sent to the address the account still has.

    Raises Gone for anything else, without saying which it was.
    """
    token = db.session.execute(
        select(MailToken)
        .join(Account, Account.id == MailToken.account_id)
        .where(MailToken.secret_hash == secret_hash)
        .where(MailToken.purpose == purpose)
        .where(MailToken.used_at.is_(None))
        .where(MailToken.expires_at > clock.now())
        .where(MailToken.email == Account.email)
        .where(Account.state.in_(("pending", "active", "suspended")))
    ).scalar()
    if token is None:
        raise Gone(LINK_GONE)
    return token


def sessions_of(account_id: int) -> Sequence[SignedInSession]:
    """Live ones, the most recently used first."""
    return db.session.scalars(
        select(SignedInSession)
        .filter_by(account_id=account_id)
        .where(SignedInSession.expires_at > clock.now())
        .order_by(SignedInSession.seen_at.desc(), SignedInSession.id.desc())
    ).all()


def own_session_or_404(session_id: int, actor: Actor) -> SignedInSession:
    found = db.session.execute(
        select(SignedInSession).filter_by(id=session_id, account_id=actor.id)
    ).scalar()
    if found is None:
        raise NotFound
    return found


def visible_to(viewer: Actor) -> ColumnElement[bool]:
    """The condition on Account that a viewer may know of; the same for everybody so far."""
    return Account.state.in_(SEEN_STATES)


def _member_columns(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.name,
            Account.role,
            Account.state,
            Account.about,
            Account.created_at,
            Account.posts_count,
            Account.solutions_count,
            Rank.name_de.label("rank_de"),
            Rank.name_en.label("rank_en"),
        )
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .where(visible_to(viewer))
    )


def member_or_404(name_key: str, viewer: Actor) -> AnyRow:
    found = db.session.execute(
        _member_columns(viewer).where(Account.name_key == name_key)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def members_page(viewer: Actor, *, after: tuple[int, ...] | None, size: int) -> Sequence[AnyRow]:
    """Those with most solutions first; one row more than `size` tells that there is a next page."""
    wanted = _member_columns(viewer).order_by(Account.solutions_count.desc(), Account.id)
    if after is not None and len(after) == 2:
        solutions, last_id = any_number(after[0]), after[1]
        fewer = Account.solutions_count < solutions
        # Without the first condition no database finds a range in the second one.
        wanted = wanted.where(
            Account.solutions_count <= solutions, or_(fewer, Account.id > last_id)
        )
    return db.session.execute(wanted.limit(size + 1)).all()


def wants_mail(account_id: int, about: str) -> bool:
    """Does this person want a mail about an "answer", a "mention", an "acceptance" or their "standing"?"""
    column = getattr(Account, f"mail_{about}")
    wanted = select(column).where(Account.id == account_id, Account.state == "active")
    return bool(db.session.execute(wanted).scalar())


def actors_by_ids(account_ids: Iterable[int]) -> dict[int, Actor]:
    """These people as the rules see them, active and suspended ones only; for work behind
    the request."""
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
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(Grant, Grant.account_id == Account.id)
        .where(Account.id.in_(list(account_ids)), Account.state.in_(("active", "suspended")))
    ).all()
    grants: dict[int, set[tuple[str, str]]] = {row.id: set() for row in rows}
    for row in rows:
        if row.privilege is not None:
            grants[row.id].add((row.privilege, row.scope))
    return {
        row.id: Actor(
            id=row.id,
            name=row.name,
            role=row.role,
            state=row.state,
            rank=row.rank,
            grants=frozenset(grants[row.id]),
            locale=row.locale,
            unread_count=row.unread_count,
        )
        for row in rows
    }


def actor_by_id(account_id: int) -> Actor | None:
    return actors_by_ids([account_id]).get(account_id)


def mail_recipient(account_id: int) -> AnyRow | None:
    """Address, name and language of an active person with a confirmed address; else None."""
    return db.session.execute(
        select(Account.email, Account.name, Account.locale).where(
            Account.id == account_id,
            Account.state == "active",
            Account.email.is_not(None),
            Account.confirmed_at.is_not(None),
        )
    ).first()


def ids_by_name_keys(name_keys: Iterable[str]) -> list[int]:
    """The accounts with these names (see rules.name_key), in no particular order."""
    return list(db.session.scalars(select(Account.id).where(Account.name_key.in_(list(name_keys)))))
