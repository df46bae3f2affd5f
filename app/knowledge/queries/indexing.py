"""What the search index and the topic page need to know of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from app.accounts.actor import Actor
from app.core.db import db
from app.forum.queries.prepared import prepared
from app.knowledge.models import Article, Revision
from app.knowledge.queries.articles import articles, visible_to

CHUNK = 200


def search_material(article_ids: Sequence[int]) -> Sequence[Any]:
    """The published ones among `article_ids` with all their words."""
    return db.session.execute(
        articles(Revision.problem_html, Revision.solution_html).where(
            Article.id.in_(article_ids), Article.state == "published"
        )
    ).all()


def article_ids_for_index() -> Iterator[list[int]]:
    """The ids of all published articles, in chunks, oldest first."""
    after = 0
    while ids := _ids_after(after):
        yield ids
        after = ids[-1]


def count_articles_for_index() -> int:
    statement = select(func.count()).select_from(Article).where(Article.state == "published")
    return int(db.session.execute(statement).scalar_one())


def articles_of_topics(viewer: Actor, topic_ids: Sequence[int]) -> Sequence[Any]:
    """Published articles that were made from these topics, as far as the viewer may read them."""
    return _run_of_topics(viewer, topic_ids=list(topic_ids)).all()


@prepared
def _run_of_topics(viewer: Actor) -> Any:
    from_these = Article.source_topic_id.in_(bindparam("topic_ids", expanding=True))
    return (
        articles()
        .where(from_these, Article.state == "published", visible_to(viewer))
        .order_by(Article.id)
    )


def _ids_after(article_id: int) -> list[int]:
    statement = select(Article.id).where(Article.id > article_id, Article.state == "published")
    return list(db.session.execute(statement.order_by(Article.id).limit(CHUNK)).scalars())
