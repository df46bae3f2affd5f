"""What staff and readers do in the knowledge base: one verb per function. Actions never commit."""

from app.knowledge.actions.rating import rate_article
from app.knowledge.actions.reviewing import archive, publish, send_back, submit_for_review
from app.knowledge.actions.suggesting import decline_suggestion, promote_answer, suggest_solution
from app.knowledge.actions.writing import (
    Content,
    StaleText,
    draft_article,
    narrow_articles,
    revise_article,
)

__all__ = [
    "Content",
    "StaleText",
    "archive",
    "decline_suggestion",
    "draft_article",
    "narrow_articles",
    "promote_answer",
    "publish",
    "rate_article",
    "revise_article",
    "send_back",
    "submit_for_review",
    "suggest_solution",
]
