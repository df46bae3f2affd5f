"""What the search index and the topic page need to know of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from app.accounts.actor import Actor
from app.core.db import db
from app.forum.models import Topic
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


def articles_of_board(board_id: int) -> list[int]:
    """Those that stand in the board or were made from a topic of it, in every state."""
    return list(db.session.scalars(select(Article.id).where(_of_board(board_id))))


def wider_articles(board_id: int, audience: int) -> list[int]:
    """Those made from a topic of the board which more people may read than this audience."""
    from_here = Article.source_topic_id.in_(_topics_of(board_id))
    wanted = select(Article.id).where(from_here, Article.audience < audience)
    return list(db.session.scalars(wanted.order_by(Article.id)))


def _of_board(board_id: int) -> ColumnElement[bool]:
    return or_(Article.board_id == board_id, Article.source_topic_id.in_(_topics_of(board_id)))


def _topics_of(board_id: int) -> Select[int]:
    return select(Topic.id).where(Topic.board_id == board_id)


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
