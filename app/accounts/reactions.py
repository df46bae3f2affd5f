"""What we do because something happened to an account: mails. Each checks that it is still true.

They run outside of a transaction, at least once; a second run sends a second, working link.
"""

from __future__ import annotations

from app.accounts import queries
from app.accounts.actions import make_token, renew_invitation_link
from app.accounts.actions.inviting import INVITATION_HOURS
from app.accounts.models import TEAM, Account
from app.core import clock
from app.core.db import transaction
from app.core.jobs import outside
from app.core.mail import Letter, link, post
from app.core.tokens import hash_of

PAGES = {"confirm": "accounts.confirm", "reset": "accounts.reset"}


@outside
def send_link(account_id: int) -> None:
    """A link to confirm the address or, once it is confirmed, to set a new password."""
    account = queries.account_by_id(account_id)
    if account is None or account.email is None:
        return
    if account.state == "pending":
        _send_token(account, "confirm")
    elif account.state in ("active", "suspended"):
        _send_token(account, "reset")


@outside
def tell_known_address(account_id: int) -> None:
    """Somebody tried to register with the address of this account."""
    account = _reachable(account_id)
    if account is not None:
        attempt = hash_of(f"{account.id} {account.password_hash}")[:16]
        _post(account, "already_registered", link("accounts.login"), attempt)


@outside
def tell_password_changed(account_id: int) -> None:
    account = _reachable(account_id)
    if account is not None:
        change = hash_of(f"{account.id} {account.password_hash}")[:16]
        _post(account, "password_changed", link("accounts.forgot"), change)


def _reachable(account_id: int) -> Account | None:
    account = queries.account_by_id(account_id)
    known = account is not None and account.state in ("active", "suspended")
    return account if known else None


def _send_token(account: Account, purpose: str) -> None:
    with transaction():
        fresh = queries.account_by_id(account.id)
        if fresh is None or fresh.email != account.email:
            return
        secret = make_token(fresh, purpose)
    _post(fresh, purpose, link(PAGES[purpose], token=secret), hash_of(secret)[:16])


def _post(account: Account, kind: str, url: str, stamp: str, **values: str) -> None:
    post(
        Letter(
            kind=kind,
            to=account.email or "",
            locale=account.locale,
            values={"recipient": account.name, "url": url, **values},
            message_id=f"{kind.replace('_', '-')}-{account.id}-{stamp}",
        )
    )


@outside
def send_invitation(invitation_id: int) -> None:
    """The link into the team; a link that was sent before is dead then."""
    with transaction():
        renewed = renew_invitation_link(invitation_id)
    if renewed is None:
        return
    invitation, secret = renewed
    inviter = queries.account_by_id(invitation.invited_by)
    post(
        Letter(
            kind="invitation",
            to=invitation.email,
            locale=invitation.locale,
            values={
                "recipient": "",
                "url": link("accounts.invitation", token=secret),
                "inviter": inviter.name if inviter else "",
                "role": invitation.role,
                "hours": INVITATION_HOURS,
            },
            message_id=f"invitation-{invitation_id}-{hash_of(secret)[:16]}",
        )
    )


@outside
def tell_inviter(invitation_id: int) -> None:
    """Somebody has accepted: whoever invited should know, also in case it was nobody they meant."""
    found = queries.accepted_invitation(invitation_id)
    inviter = _reachable(found.invited_by) if found is not None else None
    if found is not None and inviter is not None:
        values = {"name": found.name, "role": found.role}
        url = link("administration.team")
        _post(inviter, "invitation_accepted", url, hash_of(str(invitation_id))[:16], **values)


@outside
def tell_role_changed(account_id: int, role: str, before: str) -> None:
    """Into the team, within it, or out of it; super users are told by their programme."""
    account = _reachable(account_id)
    if account is not None and (role in TEAM or before in TEAM):
        change = hash_of(f"{account.id} {before} {role} {clock.now():%Y-%m-%d %H}")[:16]
        _post(account, "role_changed", link("accounts.login"), change, role=role)
