"""Helpful, and the solution: said and taken back."""

from __future__ import annotations

from flask_login import current_user

from app.accounts.policies import writing_program
from app.core.api import SIGNED_IN
from app.core.db import transaction
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.forum import actions
from app.forum.api.blueprint import bp
from app.forum.limits import DECIDING


@bp.put("/posts/<id:id>/acceptance")
@policy(writing_program)
@limited(DECIDING)
@bp.response(204)
@bp.doc(security=SIGNED_IN)
def accept(id: int) -> None:
    """Mark an answer as the solution, instead of the one before."""
    with transaction():
        actions.accept_answer(current_user, post_id=id)


@bp.delete("/posts/<id:id>/acceptance")
@policy(writing_program)
@limited(DECIDING)
@bp.response(204)
@bp.doc(security=SIGNED_IN)
def withdraw(id: int) -> None:
    """Take that back; nothing happens where it is not the solution."""
    with transaction():
        actions.withdraw_acceptance(current_user, post_id=id)


@bp.put("/posts/<id:id>/vote")
@policy(writing_program)
@limited(DECIDING)
@bp.response(204)
@bp.doc(security=SIGNED_IN)
def vote(id: int) -> None:
    """Say that a post was helpful."""
    with transaction():
        actions.vote(current_user, post_id=id)


@bp.delete("/posts/<id:id>/vote")
@policy(writing_program)
@limited(DECIDING)
@bp.response(204)
@bp.doc(security=SIGNED_IN)
def unvote(id: int) -> None:
    """Take that back."""
    with transaction():
        actions.withdraw_vote(current_user, post_id=id)
