"""Cases and what came in for them. A case is shown to whoever may read its post and moderates there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, true
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.remembered import remembered
from app.forum import queries as forum
from app.forum.models import Board, Post, Topic
from app.moderation.models import POST, Case, Decision, Notice, Report, Rule, Rulebook
from app.moderation.queries.items import STATE
from app.moderation.rules import MODERATE, moderates_somewhere

PAGE = 30
MOST_COUNTED = 100
#: What the queue can be narrowed to.
FILTERS = ("all", "reports", "notices", "held", "review")


def case_or_404(case_id: int, viewer: Actor) -> Row[Any]:
    found = db.session.execute(_cases(viewer).where(Case.id == case_id)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def case_row(case_id: int) -> Case | None:
    return db.session.get(Case, case_id, populate_existing=True)


def open_case_of(post_id: int) -> Case | None:
    """The one case about this post that waits for a decision; call it with the topic locked."""
    return db.session.execute(
        select(Case).filter_by(item_kind=POST, item_id=post_id, state="open")
    ).scalar()


def open_cases_page(
    viewer: Actor, filter_: str = "all", *, after: tuple[int, ...] | None = None, limit: int = PAGE
) -> tuple[Sequence[Row[Any]], tuple[int, ...] | None]:
    """Open cases, the oldest first, and the key after which the next page begins."""
    statement = _cases(viewer).where(Case.state == "open", _chosen(filter_))
    if after is not None:
        statement = statement.where(Case.id > after[0])
    rows = db.session.execute(statement.order_by(Case.id).limit(limit + 1)).all()
    return rows[:limit], (rows[limit - 1].id,) if len(rows) > limit else None


def count_open_cases(viewer: Actor) -> int:
    """How many wait for this person, MOST_COUNTED at most; asked for again after a change.

    Every post may change it, because what hides a topic or a post hides its case.
    """
    key = f"moderation.waiting.{viewer.id}.{viewer.role}.{sorted(viewer.grants)}"

    def count() -> int:
        waiting = _cases(viewer).where(Case.state == "open").limit(MOST_COUNTED).subquery()
        return int(db.session.execute(select(func.count()).select_from(waiting)).scalar_one())

    return remembered(key, ("cases", "lists"), count)


def next_open_case(viewer: Actor, *, after: int) -> int | None:
    """The next open case in the queue, beginning anew at its end."""
    waiting = _cases(viewer).where(Case.state == "open", Case.id != after)
    order = (Case.id < after, Case.id)
    found = db.session.execute(waiting.order_by(*order).limit(1)).first()
    return int(found.id) if found is not None else None


def reports_of(case_id: int) -> Sequence[Any]:
    """With the title that the rule had when they were written, and the number that it has now: a
    later version may have another rule under the old number, or none of this title.
    """
    same = aliased(Rule)
    number_now = (
        select(func.min(same.number))
        .where(same.rulebook_id == _rulebook_at(clock.now()), same.title_de == Rule.title_de)
        .scalar_subquery()
    )
    then = _rulebook_at(Report.reported_at)
    meant = and_(Rule.rulebook_id == then, Rule.number == Report.rule_number)
    return db.session.execute(
        select(
            Report.id,
            Report.rule_number,
            Rule.title_de,
            Rule.title_en,
            number_now.label("number_now"),
            Report.text,
            Report.reported_at,
            Account.name.label("reporter_name"),
            Account.role.label("reporter_role"),
        )
        .join(Account, Account.id == Report.reporter_id)
        .outerjoin(Rule, meant)
        .where(Report.case_id == case_id)
        .order_by(Report.id)
    ).all()


def _rulebook_at(moment: Any) -> Any:
    """The id of the version in force then."""
    wanted = select(Rulebook.id).where(Rulebook.valid_from <= moment)
    return wanted.order_by(Rulebook.version.desc()).limit(1).scalar_subquery()


def reporters_of(case_id: int) -> list[int]:
    """Account ids of the members who reported; they are told the outcome."""
    wanted = select(Report.reporter_id).where(Report.case_id == case_id).order_by(Report.id)
    return list(db.session.scalars(wanted))


def has_reported(case_id: int, account_id: int) -> bool:
    found = select(Report.id).filter_by(case_id=case_id, reporter_id=account_id)
    return db.session.execute(found).first() is not None


def notices_of(case_id: int) -> Sequence[Notice]:
    wanted = select(Notice).where(Notice.case_id == case_id).order_by(Notice.id)
    return db.session.scalars(wanted).all()


def notice(notice_id: int) -> Notice | None:
    return db.session.get(Notice, notice_id, populate_existing=True)


def notice_by_hash(token_hash: str) -> Notice | None:
    return db.session.execute(select(Notice).filter_by(token_hash=token_hash)).scalar()


def decisions_in(case_id: int) -> Sequence[Any]:
    """What was decided in this case, oldest first."""
    return db.session.execute(
        select(
            Decision.id,
            Decision.kind,
            Decision.provisional,
            Decision.decided_at,
            Decision.decided_by,
            Decision.rule_number,
            Decision.facts,
            Account.name.label("decided_by_name"),
        )
        .join(Account, Account.id == Decision.decided_by)
        .where(Decision.case_id == case_id)
        .order_by(Decision.id)
    ).all()


def _cases(viewer: Actor) -> Any:
    """Cases that this person may look into: the one door to them.

    Never one about an own post, whatever the role: it holds what others reported, and who.
    """
    return (
        select(
            Case.id,
            Case.item_id,
            Case.board_id,
            Case.origin,
            Case.state,
            Case.opened_at,
            Case.decided_at,
            Case.reports_count,
            Case.notices_count,
            _under_review().label("under_review"),
            Topic.title,
            STATE.label("post_state"),
            Board.name.label("board_name"),
            Account.name.label("author_name"),
        )
        .select_from(Case)
        .join(Post, Post.id == Case.item_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Case.board_id)
        .join(Account, Account.id == Post.author_id)
        .where(Case.item_kind == POST, forum.topic_readable(viewer), forum.post_readable(viewer))
        .where(_own_boards(viewer), Post.author_id.is_distinct_from(viewer.id))
    )


def _under_review() -> ColumnElement[bool]:
    """A super user hid the post and the staff has not looked yet."""
    return (
        select(func.count())
        .select_from(Decision)
        .where(Decision.case_id == Case.id, Decision.provisional)
        .correlate(Case)
        .scalar_subquery()
        > 0
    )


def _own_boards(viewer: Actor) -> ColumnElement[bool]:
    if viewer.is_staff:
        return true()
    scopes = [scope for privilege, scope in viewer.grants if privilege == MODERATE]
    if not moderates_somewhere(viewer):
        scopes = []
    if "*" in scopes:
        return true()
    boards = [int(s[6:]) for s in scopes if s.startswith("board:") and s[6:].isdigit()]
    return Case.board_id.in_(boards)


def _chosen(filter_: str) -> ColumnElement[bool]:
    chosen: dict[str, ColumnElement[bool]] = {
        "reports": Case.reports_count > 0,
        "notices": Case.notices_count > 0,
        "held": Case.origin == "held",
        "review": _under_review(),
    }
    return chosen.get(filter_, true())
