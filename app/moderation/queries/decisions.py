"""Decisions and objections; what DESK and NOTIFICATIONS may tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.core.db import db
from app.core.errors import NotFound
from app.forum import queries as forum
from app.forum.models import Board, Post, Topic
from app.moderation import rules
from app.moderation.models import RESTRICTING, TOLD, Appeal, Decision

PAGE = 30
RECORD = 5  # earlier decisions shown beside a case

_Decider = aliased(Account)
_Reversal = aliased(Decision)
#: A post that was shown again is shown again whole: that takes back every restriction before it.
_REVERSED_BY = (
    select(func.min(_Reversal.id))
    .where(_Reversal.item_id == Decision.item_id, _Reversal.item_kind == Decision.item_kind)
    .where(_Reversal.kind == "restore", _Reversal.id > Decision.id)
    .where(Decision.kind.in_(RESTRICTING))
    .correlate(Decision)
    .scalar_subquery()
)


@dataclass(frozen=True)
class ToldDecision:
    """What the author is told: the letter exactly as it was shown before the decision."""

    decision_id: int
    case_id: int
    post_id: int
    author_id: int
    kind: str
    provisional: bool
    title: str
    statement_de: str
    statement_en: str

    def statement(self, language: str) -> str:
        return self.statement_de if language == "de" else self.statement_en


@dataclass(frozen=True)
class ReadDecision:
    """A decision as its page shows it and as the rules need it."""

    row: Decision
    appeal: Appeal | None
    reversed_by: int | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def tells_author(self) -> bool:
        return self.row.kind in TOLD

    @property
    def appeal_id(self) -> int | None:
        return self.appeal.id if self.appeal is not None else None

    def statement(self, language: str) -> str:
        return self.row.statement_de if language == "de" else self.row.statement_en


def decision_for_author(decision_id: int) -> ToldDecision | None:
    """For mails and notifications; None for decisions of which the author gets no letter."""
    row = db.session.get(Decision, decision_id)
    if row is None or row.kind not in TOLD:
        return None
    return ToldDecision(
        decision_id=row.id,
        case_id=row.case_id,
        post_id=row.item_id,
        author_id=row.author_id,
        kind=row.kind,
        provisional=row.provisional,
        title=row.post_title,
        statement_de=row.statement_de,
        statement_en=row.statement_en,
    )


def decision_row(decision_id: int) -> Decision | None:
    return db.session.get(Decision, decision_id)


def read_decision(decision_id: int) -> ReadDecision | None:
    found = db.session.execute(
        select(Decision, Appeal, _REVERSED_BY)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .where(Decision.id == decision_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return ReadDecision(*found) if found is not None else None


def decision_or_404(decision_id: int, viewer: Actor) -> ReadDecision:
    """For its author and the staff; for everybody else it does not exist."""
    found = read_decision(decision_id)
    if found is None or not rules.can_read_decision(viewer, found):
        raise NotFound()
    return found


def decision_to_appeal(decision_id: int, actor: Actor) -> ReadDecision:
    """The same, locked until the transaction ends: of two objections at once there is one."""
    db.session.execute(select(Decision.id).where(Decision.id == decision_id).with_for_update())
    return decision_or_404(decision_id, actor)


def standing_restriction_of_post(post_id: int) -> int | None:
    """The same over all cases of a post."""
    return db.session.execute(
        select(Decision.id)
        .outerjoin(_Reversal, _Reversal.reverses_id == Decision.id)
        .where(Decision.item_id == post_id, Decision.kind.in_(RESTRICTING))
        .where(_Reversal.id.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    ).scalar()


def was_published(post_id: int) -> bool:
    """Could others ever see this post? Not one that a gate held and that was refused since.

    Call it with the topic locked, before the decision that shows it has taken effect.
    """
    taken = list(
        db.session.scalars(
            select(Decision.kind).where(Decision.item_id == post_id).order_by(Decision.id)
        )
    )
    if "reject" not in taken:
        return True
    before = taken[: taken.index("reject")]
    since = taken[taken.index("reject") + 1 : -1]  # the last one is being taken now
    return "approve" in before or "restore" in since


def deciders_of(case_id: int) -> set[int]:
    wanted = select(Decision.decided_by).where(Decision.case_id == case_id)
    return set(db.session.scalars(wanted))


def final_decision_in(case_id: int) -> Decision | None:
    """The latest one that is not provisional; what notice senders are told."""
    return db.session.execute(
        select(Decision)
        .where(Decision.case_id == case_id, Decision.provisional.is_(False))
        .order_by(Decision.id.desc())
        .limit(1)
    ).scalar()


def record_of(author_id: int, *, without_case: int) -> tuple[Sequence[Any], int]:
    """The author's latest restrictions in other cases, and how many objections they filed."""
    earlier = (
        select(Decision.id, Decision.kind, Decision.rule_number, Decision.decided_at)
        .where(Decision.author_id == author_id, Decision.kind.in_(RESTRICTING))
        .where(Decision.case_id != without_case)
        .order_by(Decision.id.desc())
        .limit(RECORD)
    )
    filed = select(func.count()).select_from(Appeal).where(Appeal.filed_by == author_id)
    return db.session.execute(earlier).all(), int(db.session.execute(filed).scalar_one())


def decisions_about(
    author_id: int, *, after: tuple[int, ...] | None = None
) -> tuple[Sequence[Decision], tuple[int, ...] | None]:
    """Letters that this person got, newest first."""
    wanted = select(Decision).where(Decision.author_id == author_id, Decision.kind.in_(TOLD))
    if after is not None:
        wanted = wanted.where(Decision.id < after[0])
    rows = db.session.scalars(wanted.order_by(Decision.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], (rows[PAGE - 1].id,) if len(rows) > PAGE else None


def appeal_or_404(appeal_id: int, viewer: Actor) -> Row[Any]:
    found = db.session.execute(_appeals(viewer).where(Appeal.id == appeal_id)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def appeal_row(appeal_id: int) -> Appeal | None:
    return db.session.get(Appeal, appeal_id, populate_existing=True, with_for_update=True)


def open_appeals_page(
    viewer: Actor, *, after: tuple[int, ...] | None = None, limit: int = PAGE
) -> tuple[Sequence[Row[Any]], tuple[int, ...] | None]:
    """Objections that wait, the oldest first."""
    statement = _appeals(viewer).where(Appeal.outcome.is_(None))
    if after is not None:
        statement = statement.where(Appeal.id > after[0])
    rows = db.session.execute(statement.order_by(Appeal.id).limit(limit + 1)).all()
    return rows[:limit], (rows[limit - 1].id,) if len(rows) > limit else None


def _appeals(viewer: Actor) -> Any:
    """Objections about posts that this person may read."""
    return (
        select(
            Appeal.id,
            Appeal.decision_id,
            Appeal.filed_by,
            Appeal.text,
            Appeal.filed_at,
            Appeal.decided_by,
            Appeal.outcome,
            Appeal.reasons,
            Appeal.decided_at,
            Decision.case_id,
            Decision.item_id,
            Decision.post_title.label("title"),
            Decision.post_author.label("author_name"),
            Board.name.label("board_name"),
            _Decider.name.label("decided_by_name"),
        )
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Post, Post.id == Decision.item_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(_Decider, _Decider.id == Appeal.decided_by)
        .where(forum.topic_readable(viewer), forum.post_readable(viewer))
    )
