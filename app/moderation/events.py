"""Facts of moderation. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """An item waits for a decision."""

    case_id: int
    post_id: int
    board_id: int


@dataclass(frozen=True, kw_only=True)
class PostReported(Event):
    """A member says that a post breaks a rule."""

    report_id: int
    case_id: int
    post_id: int
    reporter_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeReceived(Event):
    """Somebody, with or without an account, gave notice of illegal content."""

    notice_id: int
    case_id: int
    post_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """Somebody decided about a post; a provisional decision too (queries.decision_for_author)."""

    decision_id: int
    post_id: int
    author_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Event):
    """The author objects to a decision."""

    appeal_id: int
    decision_id: int
    author_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Somebody else decided about the objection. A reversal records a DecisionMade before this."""

    appeal_id: int
    decision_id: int
    author_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class NetiquetteDrafted(Event):
    """An administrator saved something in the draft of the netiquette."""

    actor_id: int


@dataclass(frozen=True, kw_only=True)
class NetiquettePublished(Event):
    """… and put it in force; members accept it before they write again."""

    rulebook_id: int
    actor_id: int
