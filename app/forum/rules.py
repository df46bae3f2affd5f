"""Who may do what in the forum, and why not. Pure: no SQL, no request.

`topic` needs kind, state, closed, solved, author_id, audience and post_audience; `post` needs
kind, state, position and author_id: any row or object with these attributes will do.
"""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

MAX_COMMENTS = 100  # under one post; more would be a thread of its own

SIGN_IN = N_("Please sign in to take part.")
SUSPENDED = N_(
    "Your account is suspended. You can still read, but not write. The service team can "
    "tell you more."
)
STAFF_BOARD = N_("You can read this board. Only some people may write here.")
CLOSED = N_("This topic is closed. You can ask a new question.")
NOT_VISIBLE = N_("This is not visible to everybody right now, so nothing can be added to it.")


def can_take_part(actor: Actor) -> Verdict:
    if not actor.is_authenticated:
        return deny(SIGN_IN)
    if not actor.is_active:
        return deny(SUSPENDED)
    return ALLOW


def can_ask(actor: Actor, board: Any) -> Verdict:
    """Open a topic in a board."""
    if not (taking_part := can_take_part(actor)):
        return taking_part
    return deny(STAFF_BOARD) if board.post_audience > actor.audience else ALLOW


def can_answer(actor: Actor, topic: Any) -> Verdict:
    if not (taking_part := can_take_part(actor)):
        return taking_part
    if topic.post_audience > actor.audience:
        return deny(STAFF_BOARD)
    if topic.closed:
        return deny(CLOSED)
    if topic.state != "visible":
        return deny(NOT_VISIBLE)
    return ALLOW


def can_comment(actor: Actor, topic: Any, post: Any, *, comments: int = 0) -> Verdict:
    """Comment under a post that has `comments` so far."""
    if not (answering := can_answer(actor, topic)):
        return answering
    if post.state != "visible":
        return deny(NOT_VISIBLE)
    if post.kind == "note":
        return deny(
            N_(
                "This is a note by the forum itself; nobody can comment on it. You can write an "
                "answer instead."
            )
        )
    if comments >= MAX_COMMENTS:
        return deny(
            N_("This post already has %(count)s comments. Please write an answer instead."),
            count=MAX_COMMENTS,
        )
    return ALLOW


def can_vote(actor: Actor, post: Any) -> Verdict:
    if not (taking_part := can_take_part(actor)):
        return taking_part
    if post.author_id == actor.id:
        return deny(N_("This is your own post. Others can mark it as helpful."))
    if post.state != "visible" or post.kind == "note":
        return deny(NOT_VISIBLE)
    return ALLOW


def can_accept_answer(actor: Actor, topic: Any, post: Any) -> Verdict:
    """Mark an answer as the solution: the asker's decision."""
    if not (deciding := can_withdraw_acceptance(actor, topic)):
        return deciding
    if post.kind != "answer":
        return deny(
            N_("Only an answer can be the solution, not the question, a comment or a note.")
        )
    if post.state != "visible":
        return deny(N_("This answer is not visible to everybody, so it cannot be the solution."))
    return ALLOW


def can_withdraw_acceptance(actor: Actor, topic: Any) -> Verdict:
    if not (taking_part := can_take_part(actor)):
        return taking_part
    if topic.kind != "question":
        return deny(N_("Only a question can have a solution."))
    if topic.author_id != actor.id:
        return deny(N_("Only the person who asked can decide which answer solved it."))
    if topic.state != "visible":
        return deny(NOT_VISIBLE)
    return ALLOW


def can_watch(actor: Actor, topic: Any) -> Verdict:
    return can_take_part(actor)


def can_make_official(actor: Actor, topic: Any, post: Any) -> Verdict:
    """The team's word, their own answer or a customer's: agents, moderators and admins."""
    if not (speaking := can_withdraw_official(actor)):
        return speaking
    if post.kind != "answer" or post.state != "visible" or topic.state != "visible":
        return deny(N_("Only a visible answer can become the answer of the team."))
    return ALLOW


def can_withdraw_official(actor: Actor) -> Verdict:
    if not (taking_part := can_take_part(actor)):
        return taking_part
    return ALLOW if actor.is_staff else deny(N_("Only the service team speaks for the company."))


def can_arrange_boards(actor: Actor) -> Verdict:
    """Make boards, rename them, say who they are for, put them in order."""
    if actor.role == "admin" and actor.is_active:
        return ALLOW
    return deny(N_("Only administrators can arrange the boards. Please ask one of them."))


def may_speak_for_team(actor: Actor, topic: Any) -> bool:
    """Is the mark offered where an answer is written? In a discussion it is set afterwards."""
    return bool(can_withdraw_official(actor)) and topic.kind == "question"
