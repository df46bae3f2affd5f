"""What the programme does because of thanks and acceptances, and by the clock. All may run twice."""

from __future__ import annotations

from app.core import jobs
from app.core.db import transaction
from app.core.jobs import outside
from app.superusers import actions, queries

ACCOUNTS_AT_ONCE = 500


def award_vote(vote_id: int, post_id: int, topic_id: int, author_id: int, actor_id: int) -> None:
    actions.earn_points(
        "vote",
        vote_id,
        account_id=author_id,
        actor_id=actor_id,
        topic_id=topic_id,
        post_id=post_id,
    )


def reverse_vote(vote_id: int, author_id: int) -> None:
    actions.take_points_back("vote", vote_id, account_id=author_id)


def award_acceptance(
    acceptance_id: int, post_id: int, topic_id: int, author_id: int, actor_id: int
) -> None:
    actions.earn_points(
        "acceptance",
        acceptance_id,
        account_id=author_id,
        actor_id=actor_id,
        topic_id=topic_id,
        post_id=post_id,
    )


def reverse_acceptance(acceptance_id: int, author_id: int) -> None:
    actions.take_points_back("acceptance", acceptance_id, account_id=author_id)


def review_rank(account_id: int) -> None:
    """Set the rank that the figures say and nominate who reached the threshold."""
    actions.adjust_rank(account_id)
    actions.open_nomination(account_id)


def end_term_with_role(account_id: int, role: str, actor_id: int | None) -> None:
    """Whoever was a super user, joined the team and left it is a customer, without a term."""
    if role == "customer":
        actions.end_term_of(account_id, by=actor_id)


@outside
def review_everybody() -> None:
    """Daily: criteria also follow the days, and a rank may be lost only after some of them."""
    ladder, last = queries.ladder(), 0
    while account_ids := queries.standings_after(last, ACCOUNTS_AT_ONCE):
        last = account_ids[-1]
        found = queries.member_figures(account_ids).values()
        with transaction():
            for figures in found:
                if actions.wants_review(figures, ladder):
                    jobs.enqueue(review_rank, account_id=figures.account_id)
