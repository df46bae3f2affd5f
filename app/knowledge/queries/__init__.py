"""What the knowledge base shows, counts and looks up; its only room with select()."""

from app.knowledge.queries.articles import (
    PAGE,
    article_or_404,
    article_to_change,
    articles_by_ids,
    articles_in_review,
    articles_in_work,
    boards_with_articles,
    content_of,
    feedback_of,
    list_articles,
    passages,
    visible_to,
)
from app.knowledge.queries.indexing import (
    article_ids_for_index,
    articles_of_topics,
    count_articles_for_index,
    search_material,
)
from app.knowledge.queries.revisions import (
    latest_review,
    reviews_of,
    revision_of,
    revisions_page,
)
from app.knowledge.queries.suggestions import (
    article_from,
    basis_of,
    open_suggestions,
    solution_in,
    suggestion_or_404,
    suggestion_to_decide,
    suggestions_of_topic,
)

__all__ = [
    "PAGE",
    "article_from",
    "article_ids_for_index",
    "article_or_404",
    "article_to_change",
    "articles_by_ids",
    "articles_in_review",
    "articles_in_work",
    "articles_of_topics",
    "basis_of",
    "boards_with_articles",
    "content_of",
    "count_articles_for_index",
    "feedback_of",
    "latest_review",
    "list_articles",
    "open_suggestions",
    "passages",
    "reviews_of",
    "revision_of",
    "revisions_page",
    "search_material",
    "solution_in",
    "suggestion_or_404",
    "suggestion_to_decide",
    "suggestions_of_topic",
    "visible_to",
]
