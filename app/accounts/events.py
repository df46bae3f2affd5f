"""Facts about accounts. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountRegistered(Event):
    """Somebody filled in the form; the address is not confirmed yet. Again for a repeated try."""

    account_id: int


@dataclass(frozen=True, kw_only=True)
class KnownAddressUsed(Event):
    """Somebody tried to register with the address of an account that exists."""

    account_id: int


@dataclass(frozen=True, kw_only=True)
class AccountConfirmed(Event):
    """The address belongs to the person: from now on they can sign in."""

    account_id: int


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Event):
    """The operator made an account on the command line, or an invited person did."""

    account_id: int


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    account_id: int


@dataclass(frozen=True, kw_only=True)
class LinkRequested(Event):
    """Somebody asked for a link by mail. `account_id` is 0 for an address that nobody has.

    Recorded in both cases, so that the answer takes the same time.
    """

    account_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    account_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentPublished(Event):
    document_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """Somebody has another role from the next request on. `actor_id` is None for the house."""

    account_id: int
    actor_id: int | None
    role: str
    before: str


@dataclass(frozen=True, kw_only=True)
class GrantGiven(Event):
    account_id: int
    grant_id: int
    actor_id: int | None


@dataclass(frozen=True, kw_only=True)
class GrantRevoked(Event):
    account_id: int
    grant_id: int
    actor_id: int | None


@dataclass(frozen=True, kw_only=True)
class RankChanged(Event):
    """The label beside the name is another one; None where it was taken away."""

    account_id: int
    rank_id: int | None


@dataclass(frozen=True, kw_only=True)
class ApiTokenMade(Event):
    """The operator made a token with which a program acts for this account."""

    account_id: int
    token_id: int


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    account_id: int
    token_id: int


@dataclass(frozen=True, kw_only=True)
class TeamInvitationSent(Event):
    """Somebody is asked into the team, for the first time or once more."""

    invitation_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class TeamInvitationWithdrawn(Event):
    invitation_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class TeamInvitationAccepted(Event):
    """The invited person is in the team."""

    invitation_id: int
    account_id: int
