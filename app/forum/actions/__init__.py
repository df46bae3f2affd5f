"""What a person does in the forum: one verb per function. Actions never commit."""

from app.forum.actions.answering import post_answer
from app.forum.actions.asking import ask
from app.forum.actions.boards import (
    change_board,
    create_board,
    ensure_first_board,
    move_board,
)
from app.forum.actions.concealing import approve_post, conceal_post, reveal_post
from app.forum.actions.finding import solve_while_asking
from app.forum.actions.solving import accept_answer, withdraw_acceptance
from app.forum.actions.speaking_for_the_team import make_official, withdraw_official
from app.forum.actions.thanking import vote, withdraw_vote
from app.forum.actions.watching import unwatch, watch

__all__ = [
    "accept_answer",
    "approve_post",
    "ask",
    "change_board",
    "conceal_post",
    "create_board",
    "ensure_first_board",
    "make_official",
    "move_board",
    "post_answer",
    "reveal_post",
    "solve_while_asking",
    "unwatch",
    "vote",
    "watch",
    "withdraw_acceptance",
    "withdraw_official",
    "withdraw_vote",
]
