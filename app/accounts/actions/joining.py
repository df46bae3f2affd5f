"""Becoming a member: register, confirm the address, ask for a link, or be made by the operator."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from app.accounts import queries
from app.accounts.actions.tokens import kill_tokens, use_token
from app.accounts.actor import Actor
from app.accounts.addresses import address_key
from app.accounts.events import (
    AccountConfirmed,
    AccountCreated,
    AccountRegistered,
    KnownAddressUsed,
    LinkRequested,
)
from app.accounts.models import Account, Consent, Grant
from app.accounts.names import free_variants, name_key, name_skeleton, name_verdict
from app.accounts.rules import can_register
from app.core import clock
from app.core.db import db, insert_once
from app.core.errors import N_, Conflict, Refused
from app.core.events import record
from app.core.rules import require
from app.core.settings import load_settings
from app.core.tokens import hash_of

UNCONFIRMED_DAYS = 7  # then somebody else may have the name


def register(actor: Actor, *, name: str, email: str, password_hash: str, locale: str) -> None:
    """Ask for an account; the answer is the same whether or not the address is known.

    So is what is written: for a known address a stand-in that nobody can confirm keeps the name, for
    whoever found the name free afterwards would know. Raises Refused at `name` when it is taken;
    names are public, so this tells nothing new. An address that was never confirmed gets what was
    typed last: who registered a stranger's address cannot lie in wait behind it with a password.
    """
    require(can_register(actor))
    _require_name(name)
    key = address_key(email)
    known, stand_in = (queries.account_by_address(k) for k in (key, _stand_in_key(key)))
    member = known if known is not None and known.state != "pending" else None
    account = (stand_in if member else known) or Account(created_at=clock.now())
    _fill(account, name=name, email=email, password_hash=password_hash, locale=locale)
    if member:
        account.email, account.email_key, account.password_hash = None, _stand_in_key(key), None
    _save(account)
    kill_tokens(account.id)
    _accept_netiquette(account)
    if member:
        record(KnownAddressUsed(account_id=member.id))
    else:
        record(AccountRegistered(account_id=account.id))


def _stand_in_key(key: str) -> str:
    """No address is like this, so nobody signs in with it or asks for a link."""
    return f"stand-in:{hash_of(key)}"


def create_account(*, name: str, email: str, password_hash: str, role: str, locale: str) -> Account:
    """The operator's way: confirmed, netiquette accepted. Raises Refused at `name` or `email`."""
    _require_name(name, reserved=True)
    known = queries.account_by_address(address_key(email))
    if known is not None and known.state != "pending":
        raise Refused(
            N_(
                "There is already an account with this e-mail address. Please use that one or "
                "another address."
            ),
            field="email",
        )
    account = known or Account(created_at=clock.now())
    _fill(account, name=name, email=email, password_hash=password_hash, locale=locale)
    account.role, account.state, account.confirmed_at = role, "active", clock.now()
    _save(account)
    kill_tokens(account.id)
    _accept_netiquette(account)
    # No newcomer: gates let pass what they write (moderation/gates.py).
    insert_once(
        Grant, account_id=account.id, privilege="trusted", scope="*", granted_at=clock.now()
    )
    record(AccountCreated(account_id=account.id))
    return account


def confirm_address(secret: str) -> Account:
    """Follow the link from the mail; raises Gone when it was used, replaced or is too old."""
    account = use_token(secret, "confirm")
    account.state, account.confirmed_at = "active", clock.now()
    record(AccountConfirmed(account_id=account.id))
    return account


def request_link(email: str) -> None:
    """Ask for a mail with a link, to confirm or to set a new password, whichever fits.

    Older links die. Does the same for an address that nobody has, so that neither the answer nor
    its time tells.
    """
    account = queries.account_by_address(address_key(email))
    account_id = account.id if account is not None else 0
    kill_tokens(account_id)
    record(LinkRequested(account_id=account_id))


def _require_name(name: str, *, reserved: bool = False) -> None:
    """Raise Refused unless the name is possible and free; `reserved` allows the team's words."""
    verdict = name_verdict(name, house=load_settings().own_names, reserved=reserved)
    if not verdict:
        raise Refused(verdict.message, field="name", **verdict.values)
    holder = _holder(name)
    if holder is not None:
        free = next(v for v in free_variants(name) if _holder(v) is None)
        raise Refused(
            N_("“%(name)s” is already taken. “%(free)s” would be free."),
            field="name",
            name=name,
            free=free,
        )


def _holder(name: str) -> Account | None:
    """Who has the name; one that was never confirmed loses it after UNCONFIRMED_DAYS."""
    holder = queries.account_by_name(name_key(name), name_skeleton(name))
    if holder is not None and holder.state == "pending":
        if clock.now() - holder.created_at > timedelta(days=UNCONFIRMED_DAYS):
            db.session.delete(holder)
            db.session.flush()
            return None
    return holder


def _fill(account: Account, *, name: str, email: str, password_hash: str, locale: str) -> None:
    account.name, account.name_key, account.name_skeleton = (
        name,
        name_key(name),
        name_skeleton(name),
    )
    account.email, account.email_key = email, address_key(email)
    account.password_hash, account.locale = password_hash, locale


def _save(account: Account) -> None:
    """The constraints have the last word: two people may want the same name at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(account)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(
            N_(
                "Somebody registered with this name or address at the same moment. Please try again."
            )
        ) from error


def _accept_netiquette(account: Account) -> None:
    version = queries.current_version(queries.NETIQUETTE)
    if version is not None:
        insert_once(
            Consent,
            account_id=account.id,
            kind=queries.NETIQUETTE,
            version=version,
            given_at=clock.now(),
        )
