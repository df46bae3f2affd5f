"""What happens in the programme: one verb per function. Actions never commit."""

from app.superusers.actions.invitations import accept_charter, refuse_invitation
from app.superusers.actions.laying import change_criteria, lay_ranks
from app.superusers.actions.ledger import (
    conceal_points,
    earn_points,
    recount_standings,
    reveal_points,
    take_points_back,
)
from app.superusers.actions.nominations import (
    confirm_nomination,
    decline_nomination,
    open_nomination,
    withdraw_invitation,
)
from app.superusers.actions.ranks import adjust_rank, wants_review
from app.superusers.actions.terms import end_due_terms, end_term, end_term_of, renew_term, step_down

__all__ = [
    "accept_charter",
    "adjust_rank",
    "change_criteria",
    "conceal_points",
    "confirm_nomination",
    "decline_nomination",
    "earn_points",
    "end_due_terms",
    "end_term",
    "end_term_of",
    "lay_ranks",
    "open_nomination",
    "recount_standings",
    "refuse_invitation",
    "renew_term",
    "reveal_points",
    "step_down",
    "take_points_back",
    "wants_review",
    "withdraw_invitation",
]
