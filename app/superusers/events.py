"""Facts of the programme. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PointsChanged(Event):
    """A line was added to somebody's ledger."""

    account_id: int
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class RankReached(Event):
    """Somebody climbed to a higher rank. Going down is never announced."""

    account_id: int
    rank_id: int


@dataclass(frozen=True, kw_only=True)
class NominationOpened(Event):
    """Somebody reached the threshold; the team decides."""

    nomination_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class NominationConfirmed(Event):
    """The team invites this person to become a super user."""

    nomination_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class NominationDeclined(Event):
    """The team decided otherwise; the person was not told of the nomination."""

    nomination_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """The team took back an invitation that was not answered yet."""

    nomination_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationRefused(Event):
    """The person does not want to be a super user."""

    nomination_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class SuperUserBegan(Event):
    """The charter was accepted; the term runs and the privileges hold."""

    term_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class TermRenewed(Event):
    """Another term follows the one before; `term_id` is the new one."""

    term_id: int
    account_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class SuperUserEnded(Event):
    """The term is over, by the team (actor) or because its time ran out (None)."""

    term_id: int
    account_id: int
    actor_id: int | None
