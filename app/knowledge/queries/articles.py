"""Articles, and who may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account, Rank
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import Board
from app.forum.queries.prepared import prepared
from app.knowledge.models import Article, ArticleFeedback, Revision

PAGE = 20

Rows = tuple[Sequence[Any], tuple[int, ...] | None]
_Reviewer = aliased(Account)

LINE = (
    Article.id,
    Article.state,
    Article.audience,
    Article.language,
    Article.board_id,
    Article.source_topic_id,
    Article.source_post_id,
    Article.credit_account_id,
    Article.current_revision_id,
    Article.latest_revision_id,
    Article.review_asked_at,
    Article.published_at,
    Article.reviewed_at,
    Article.created_at,
    Board.slug.label("board_slug"),
    Board.name.label("board_name"),
    func.coalesce(Board.audience, 0).label("board_audience"),
    Revision.id.label("revision_id"),
    Revision.number,
    Revision.title,
    Revision.valid_for,
    Revision.written_at,
    Revision.written_by,
)


def visible_to(viewer: Actor) -> ColumnElement[bool]:
    """Published ones within the audience of article and board; staff see every state.

    Needs Board in an outer join.
    """
    if viewer.is_staff:
        return true()
    return and_(
        Article.state == "published",
        Article.audience <= viewer.audience,
        or_(Article.board_id.is_(None), Board.audience <= viewer.audience),
    )


def articles(*more: Any, newest: bool = False) -> Any:
    """Articles with the words that readers see; where there are none yet, the newest ones.

    `newest` takes the newest words in any case: for staff.
    """
    latest = Article.latest_revision_id
    shown = latest if newest else func.coalesce(Article.current_revision_id, latest)
    return (
        select(*LINE, *more)
        .select_from(Article)
        .join(Revision, Revision.id == shown)
        .outerjoin(Board, Board.id == Article.board_id)
    )


def article_or_404(article_id: int, viewer: Actor, *, newest: bool = False) -> Any:
    """The whole page of an article; `newest` shows staff the words that are not published yet."""
    statement = (
        articles(
            Revision.problem,
            Revision.problem_html,
            Revision.solution,
            Revision.solution_html,
            Revision.helpful_count,
            Revision.unhelpful_count,
            Account.name.label("credit_name"),
            Account.role.label("credit_role"),
            Account.state.label("credit_state"),
            Rank.name_de,
            Rank.name_en,
            case((_Reviewer.state == "active", _Reviewer.name)).label("reviewer_name"),
            newest=newest and viewer.is_staff,
        )
        .outerjoin(Account, Account.id == Article.credit_account_id)
        .outerjoin(Rank, Rank.id == Account.rank_id)
        .outerjoin(_Reviewer, _Reviewer.id == Article.reviewed_by)
        .where(Article.id == article_id, visible_to(viewer))
    )
    found = db.session.execute(statement).first()
    if found is None:
        raise NotFound()
    return found


def article_to_change(article_id: int, viewer: Actor) -> Any:
    """The article with its newest words, its row locked until the transaction ends."""
    texts = (Revision.problem, Revision.solution)
    found = db.session.execute(
        articles(*texts, newest=True)
        .where(Article.id == article_id, visible_to(viewer))
        .with_for_update(of=Article)
    ).first()
    if found is None:
        raise NotFound()
    return found


def content_of(revision_id: int) -> Any:
    """The words of one revision with the name of who wrote them."""
    return db.session.execute(
        select(
            Revision.number,
            Revision.title,
            Revision.problem,
            Revision.solution,
            Revision.valid_for,
            Revision.comment,
            Revision.written_at,
            Account.name.label("writer_name"),
        )
        .join(Account, Account.id == Revision.written_by)
        .where(Revision.id == revision_id)
    ).one()


def list_articles(
    viewer: Actor,
    *,
    board_id: int | None = None,
    language: str = "",
    after: tuple[int, ...] | None = None,
) -> Rows:
    """What readers find in the knowledge base, newest first; the same for staff.

    With a `language` those in it stand before all others, and the key of a page has two parts.
    """
    statement = articles(Revision.problem_html).where(
        Article.state == "published", visible_to(viewer)
    )
    if board_id is not None:
        statement = statement.where(Article.board_id == board_id)
    return _page_by_language(statement, language, after) if language else _page(statement, after)


def articles_beside(viewer: Actor, article: Any, limit: int) -> list[Any]:
    """The newest others of the same board."""
    others = articles().where(
        Article.state == "published",
        Article.board_id == article.board_id,
        Article.id != article.id,
        visible_to(viewer),
    )
    return list(db.session.execute(others.order_by(Article.id.desc()).limit(limit)))


def home_articles(viewer: Actor, ids: Sequence[int], newest: int, language: str) -> list[Any]:
    """The newest published articles and those with these ids, in one query.

    Those in the reader's language come first, the newest first among them.
    """
    return list(_run_home(viewer, newest, language, ids=list(ids)))


@prepared
def _run_home(viewer: Actor, newest: int, language: str) -> Select[*tuple[Any, ...]]:
    order = (Article.language != language, Article.id.desc())
    readable = (Article.state == "published", visible_to(viewer))
    latest = (
        select(Article.id)
        .outerjoin(Board, Board.id == Article.board_id)
        .where(*readable)
        .order_by(*order)
        .limit(newest)
    )
    chosen = Article.id.in_(bindparam("ids", expanding=True))
    return articles().where(*readable, or_(chosen, Article.id.in_(latest))).order_by(*order)  # type: ignore[no-any-return]


def most_helpful(limit: int, at_least: int) -> list[int]:
    """Ids of the published articles whose words helped most; each helped more people than not."""
    rows = db.session.execute(
        select(Article.id)
        .join(Revision, Revision.id == Article.current_revision_id)
        .where(
            Article.state == "published",
            Revision.helpful_count >= at_least,
            Revision.helpful_count > Revision.unhelpful_count,
        )
        .order_by(Revision.helpful_count.desc(), Article.id)
        .limit(limit)
    )
    return list(rows.scalars())


def articles_in_work(viewer: Actor, *, after: tuple[int, ...] | None = None) -> Rows:
    """Drafts, reviews, and published articles whose newest words wait; archived ones last."""
    unpublished = Article.state.in_(("draft", "review"))
    changed = Article.current_revision_id != Article.latest_revision_id
    statement = articles(newest=True).where(
        or_(unpublished, Article.state == "archived", changed), visible_to(viewer)
    )
    return _page(statement, after)


def articles_in_review(viewer: Actor, limit: int) -> Sequence[Any]:
    """Those whose newest words wait for a review, the longest waiting first."""
    statement = articles(newest=True).where(
        Article.review_asked_at.is_not(None), Article.state != "archived", visible_to(viewer)
    )
    return db.session.execute(
        statement.order_by(Article.review_asked_at, Article.id).limit(limit)
    ).all()


def articles_by_ids(viewer: Actor, ids: Sequence[int]) -> dict[int, Any]:
    """The published ones among `ids` that the viewer may read, by id; for search results."""
    if not ids:
        return {}
    wanted = articles().where(Article.state == "published", Article.id.in_(ids), visible_to(viewer))
    return {row.id: row for row in db.session.execute(wanted)}


def passages(revision_ids: Sequence[int]) -> dict[int, Any]:
    """The HTML of problem and solution, by revision; of articles that were checked before."""
    if not revision_ids:
        return {}
    rows = db.session.execute(
        select(Revision.id, Revision.problem_html, Revision.solution_html).where(
            Revision.id.in_(revision_ids)
        )
    )
    return {row.id: row for row in rows}


def boards_with_articles(viewer: Actor) -> Sequence[Any]:
    """Boards that have articles for this viewer, with how many."""
    count = func.count().label("articles")
    return db.session.execute(
        select(Board.id, Board.slug, Board.name, count)
        .join(Article, Article.board_id == Board.id)
        .where(Article.state == "published", visible_to(viewer))
        .group_by(Board.id, Board.slug, Board.name)
        .order_by(Board.position, Board.id)
    ).all()


def feedback_of(viewer: Actor, revision_id: int) -> bool | None:
    """What a member answered about this revision; None for nothing yet and for guests."""
    if viewer.id is None:
        return None
    return db.session.execute(
        select(ArticleFeedback.helpful).filter_by(revision_id=revision_id, account_id=viewer.id)
    ).scalar()


def _page(statement: Any, after: tuple[int, ...] | None) -> Rows:
    if after is not None:
        statement = statement.where(Article.id < after[0])
    rows = db.session.execute(statement.order_by(Article.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], (rows[PAGE - 1].id,) if len(rows) > PAGE else None


def _page_by_language(statement: Any, language: str, after: tuple[int, ...] | None) -> Rows:
    other = case((Article.language == language, 0), else_=1)
    if after is not None and len(after) == 2:  # else it is the key of another list
        is_other, last_id = min(max(after[0], 0), 1), after[1]
        further = and_(other == is_other, Article.id < last_id)
        statement = statement.where(or_(other > is_other, further))
    ordered = statement.add_columns(other.label("is_other")).order_by(other, Article.id.desc())
    rows = db.session.execute(ordered.limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.is_other, last.id) if last else None
