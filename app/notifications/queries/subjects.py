"""What notifications are about when it is no post: only what the person may (still) know of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import and_, case, null, select

from app.accounts.actor import Actor
from app.accounts.models import Rank
from app.core.db import db
from app.forum import queries as forum
from app.forum.models import Post, Topic
from app.knowledge import queries as knowledge
from app.moderation.models import Appeal, Decision, Report
from app.superusers.models import Nomination, Term

#: What was taken back is not shown any more.
INVITED = ("confirmed", "accepted", "refused")

Key = tuple[str, int]


def subjects(viewer: Actor, keys: Iterable[Key]) -> dict[Key, Any]:
    """The rows behind (subject kind, id), one query per kind; missing is what one may not know."""
    wanted: dict[str, set[int]] = {}
    for kind, subject_id in keys:
        wanted.setdefault(kind, set()).add(subject_id)
    return {
        (kind, subject_id): row
        for kind, ids in wanted.items()
        for subject_id, row in _LOADERS[kind](viewer, ids).items()
    }


def subject(viewer: Actor, kind: str, subject_id: int) -> Any | None:
    return subjects(viewer, [(kind, subject_id)]).get((kind, subject_id))


def _decisions(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return _by_id(
        select(
            Decision.id,
            Decision.kind,
            Decision.post_title.label("title"),
            Decision.statement_de,
            Decision.statement_en,
        ).where(Decision.id.in_(ids), Decision.author_id == viewer.id)
    )


def _outcomes(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    """Decisions about posts that the viewer reported; the title only where they may read it."""
    readable = and_(forum.topic_readable(viewer), forum.post_readable(viewer))
    return _by_id(
        select(
            Decision.id,
            Decision.kind,
            Decision.item_id.label("post_id"),
            case((forum.topic_readable(viewer), Topic.title), else_=null()).label("title"),
            case((readable, True), else_=False).label("readable"),
        )
        .join(Post, Post.id == Decision.item_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Report, Report.case_id == Decision.case_id)
        .where(Decision.id.in_(ids), Decision.provisional.is_(False))
        .where(Report.reporter_id == viewer.id)
    )


def _appeals(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return _by_id(
        select(
            Appeal.id,
            Appeal.decision_id,
            Appeal.outcome,
            Appeal.reasons,
            Decision.post_title.label("title"),
        )
        .join(Decision, Decision.id == Appeal.decision_id)
        .where(Appeal.id.in_(ids), Appeal.filed_by == viewer.id, Appeal.outcome.is_not(None))
    )


def _nominations(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return _by_id(
        select(Nomination.id, Nomination.state).where(
            Nomination.id.in_(ids),
            Nomination.account_id == viewer.id,
            Nomination.state.in_(INVITED),
        )
    )


def _terms(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return _by_id(
        select(Term.id, Term.ends_at, Term.ended_at).where(
            Term.id.in_(ids), Term.account_id == viewer.id
        )
    )


def _ranks(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return _by_id(select(Rank.id, Rank.name_de, Rank.name_en).where(Rank.id.in_(ids)))


def _articles(viewer: Actor, ids: Collection[int]) -> dict[int, Any]:
    return knowledge.articles_by_ids(viewer, list(ids))


_LOADERS: Mapping[str, Callable[[Actor, Collection[int]], dict[int, Any]]] = {
    "decision": _decisions,
    "outcome": _outcomes,
    "appeal": _appeals,
    "nomination": _nominations,
    "term": _terms,
    "rank": _ranks,
    "article": _articles,
}


def _by_id(statement: Any) -> dict[int, Any]:
    return {row.id: row for row in db.session.execute(statement)}
