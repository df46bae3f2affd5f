"""Who may do what in the knowledge base, and why not. Pure: no SQL, no request.

`article` needs state, audience, current_revision_id, latest_revision_id, review_asked_at and
credit_account_id; any row or object with these attributes will do.
"""

from __future__ import annotations

from typing import Any

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

STAFF_ONLY = N_(
    "Only the service team can work on articles. If you need to, please ask an administrator."
)
DECIDED = N_("Somebody has already decided on this suggestion.")
GONE = N_("The answer is not the visible solution of its topic right now, so the suggestion rests.")
ARCHIVED = N_("This article is archived. Publish it again before you change it.")
NOT_PUBLIC = N_("Only published articles can be rated.")
NOT_IN_REVIEW = N_("This article does not wait for a review.")
NOTHING_NEW = N_("Readers already see the newest text, so there is nothing to review.")
OWN_TEXT = N_("You wrote this text yourself. Somebody else has to read and publish it.")
OWN_ANSWER = N_("This article came from your own answer. Others say whether it helped.")
SUSPENDED = N_(
    "Your account is suspended. You can still read, but not write. The service team can "
    "tell you more."
)
TOO_PUBLIC = N_(
    "The topic or the board of this article has fewer readers. Please choose no more than those."
)


def can_edit_articles(actor: Actor) -> Verdict:
    """Write and change articles, and see drafts, reviews and suggestions."""
    return ALLOW if actor.is_staff else deny(STAFF_ONLY)


def can_decide_on_suggestion(actor: Actor, suggestion: Any) -> Verdict:
    """Promote or decline it."""
    if not (editing := can_edit_articles(actor)):
        return editing
    if suggestion.state == "withdrawn":
        return deny(GONE)
    return ALLOW if suggestion.state == "open" else deny(DECIDED)


def can_revise_article(actor: Actor, article: Any) -> Verdict:
    if not (editing := can_edit_articles(actor)):
        return editing
    return deny(ARCHIVED) if article.state == "archived" else ALLOW


def can_send_to_review(actor: Actor, article: Any) -> Verdict:
    if not (revising := can_revise_article(actor, article)):
        return revising
    return deny(NOTHING_NEW) if _is_up_to_date(article) else ALLOW


def can_send_back(actor: Actor, article: Any) -> Verdict:
    """Ask the writer for changes."""
    if not (revising := can_revise_article(actor, article)):
        return revising
    return ALLOW if article.review_asked_at is not None else deny(NOT_IN_REVIEW)


def can_publish(actor: Actor, article: Any, *, written_by: int, by_another: bool) -> Verdict:
    """`written_by` wrote the newest text; with `by_another` the reviewer must be somebody else."""
    if not (editing := can_edit_articles(actor)):
        return editing
    if article.state == "published" and _is_up_to_date(article):
        return deny(NOTHING_NEW)
    return deny(OWN_TEXT) if by_another and actor.id == written_by else ALLOW


def can_archive(actor: Actor, article: Any) -> Verdict:
    return can_revise_article(actor, article)


def can_have_audience(audience: int, *, topic_audience: int, board_audience: int) -> Verdict:
    """An article must not carry words out to more people than could read them before."""
    return ALLOW if audience >= max(topic_audience, board_audience) else deny(TOO_PUBLIC)


def can_rate_article(viewer: Actor, article: Any) -> Verdict:
    """Guests too."""
    if not viewer.is_active:
        return deny(SUSPENDED)
    if article.state != "published":
        return deny(NOT_PUBLIC)
    is_own = viewer.id is not None and viewer.id == article.credit_account_id
    return deny(OWN_ANSWER) if is_own else ALLOW


def _is_up_to_date(article: Any) -> bool:
    return bool(article.current_revision_id == article.latest_revision_id)
