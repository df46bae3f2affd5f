"""Facts of the forum. A new event needs a line in wiring.HANDLERS."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PostSubmitted(Event):
    """Somebody sent a post, whether or not others can see it yet: a gate may have held it."""

    post_id: int
    topic_id: int
    author_id: int
    held: bool


@dataclass(frozen=True, kw_only=True)
class TopicPublished(Event):
    """Others can see a new topic."""

    topic_id: int
    post_id: int
    board_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(Event):
    """Others can see a new answer or comment."""

    post_id: int
    topic_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    """An answer was marked as the solution."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int
    acceptance_id: int


@dataclass(frozen=True, kw_only=True)
class AcceptanceWithdrawn(Event):
    """The mark was taken back."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int
    acceptance_id: int


@dataclass(frozen=True, kw_only=True)
class PostVoted(Event):
    """A member found a post helpful."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int
    vote_id: int


@dataclass(frozen=True, kw_only=True)
class VoteWithdrawn(Event):
    """A member took the thanks back."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int
    vote_id: int


@dataclass(frozen=True, kw_only=True)
class PostConcealed(Event):
    """A post is hidden from others; with the first post goes the topic."""

    post_id: int
    topic_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class PostRevealed(Event):
    """A hidden post is visible again."""

    post_id: int
    topic_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerMadeOfficial(Event):
    """The team stands behind an answer."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class OfficialMarkWithdrawn(Event):
    """The team no longer stands behind an answer."""

    post_id: int
    topic_id: int
    author_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class BoardCreated(Event):
    """An administrator made a board."""

    board_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class BoardChanged(Event):
    """A board has another name, description, icon or audience."""

    board_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class BoardMoved(Event):
    """A board stands at another place in the list."""

    board_id: int
    actor_id: int


@dataclass(frozen=True, kw_only=True)
class BoardAudienceChanged(Event):
    """Others may read the board's topics than before; `audience` is the new step of the ladder."""

    board_id: int
    actor_id: int
    audience: int
