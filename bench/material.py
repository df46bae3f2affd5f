"""What is asked for: topics of the right length, words that are rare or common, a page far down.

Chosen from the forum itself, the same at every run on the same data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from flask import current_app
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.db import db
from app.core.search.analysis import variants
from app.core.web.converters import slugged
from app.forum.models import Board, Post, Tag, Topic, TopicTag
from app.knowledge.models import Article, Revision

TOPICS = 40  # different ones of a page, so that no single row is measured
QUERIES = 20
SAMPLE = 3_000  # posts whose words are counted
DEPTH = 0.9  # of the list, for the page far down
_WORD = re.compile(r"[^\W\d_]{4,30}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Material:
    """Addresses, ready to be asked for."""

    topics_20: Sequence[str]
    topics_50: Sequence[str]
    open_topics: Sequence[int]
    deep_list: str
    board: str
    tag: str
    members: Sequence[str]
    articles: Sequence[str]
    rare: Sequence[str]
    common: Sequence[str]
    two_words: Sequence[str]
    prefixes: Sequence[str]
    titles: Sequence[str]


def choose() -> Material:
    """Inside an app context."""
    words = _words()
    return Material(
        topics_20=_topics_with(20),
        topics_50=_topics_with(50),
        open_topics=_open_topics(),
        deep_list=_deep_list(),
        board="/boards/" + _first(select(Board.slug).order_by(Board.topics_count.desc())),
        tag="/tags/" + quote(_common_tag()),
        members=_members(),
        articles=_articles(),
        rare=_searches(words[-QUERIES:]),
        common=_searches(words[:QUERIES]),
        two_words=_searches(_pairs(words)),
        prefixes=_searches([word[:4] + "*" for word in _middle(words)]),
        titles=_titles(),
    )


def _first(statement: Any) -> str:
    return str(db.session.execute(statement.limit(1)).scalar_one())


def _topics_with(posts: int) -> list[str]:
    """Public ones of exactly this many posts, or as near to it as there are."""
    rows = db.session.execute(
        select(Topic.id, Topic.title)
        .where(Topic.state == "visible", Topic.audience == 0, Topic.posts_count >= posts)
        .order_by(Topic.posts_count, Topic.id)
        .limit(TOPICS)
    )
    return [f"/topics/{slugged(row.id, row.title)}" for row in rows]


def _open_topics() -> list[int]:
    return list(
        db.session.execute(
            select(Topic.id)
            .where(Topic.state == "visible", Topic.closed.is_(False), Topic.posts_count < 30)
            .order_by(Topic.id.desc())
            .limit(1_000)
        ).scalars()
    )


def _deep_list() -> str:
    listed = select(Topic.last_post_at, Topic.id).where(Topic.state == "visible")
    count = db.session.execute(select(func.count()).select_from(listed.subquery())).scalar_one()
    ordered = listed.order_by(Topic.last_post_at.desc(), Topic.id.desc())
    row = db.session.execute(ordered.offset(int(count * DEPTH)).limit(1)).one()
    microseconds = (row.last_post_at - _EPOCH) // timedelta(microseconds=1)
    return f"/topics?filter=new&after={microseconds}.{row.id}"


def _common_tag() -> str:
    """An archive may have no tags; then the page of one that nobody uses."""
    used = func.count().desc()
    statement = (
        select(Tag.name).join(TopicTag, TopicTag.tag_id == Tag.id).group_by(Tag.id).order_by(used)
    )
    return str(db.session.execute(statement.limit(1)).scalar() or "router")


def _members() -> list[str]:
    """Those who write most have the heaviest pages."""
    rows = db.session.execute(
        select(Account.name).order_by(Account.posts_count.desc(), Account.id).limit(QUERIES)
    )
    return [f"/members/{quote(row.name)}" for row in rows]


def _articles() -> list[str]:
    rows = db.session.execute(
        select(Article.id, Revision.title)
        .join(Revision, Revision.id == Article.current_revision_id)
        .where(Article.state == "published")
        .order_by(Article.id)
        .limit(TOPICS)
    )
    return [f"/knowledge/{slugged(row.id, row.title)}" for row in rows]


def _words() -> list[str]:
    """Words of the newest posts that search knows, the commonest first; no stop words."""
    texts = db.session.execute(select(Post.text).order_by(Post.id.desc()).limit(SAMPLE)).scalars()
    posts_with: Counter[str] = Counter()
    for text in texts:
        posts_with.update(set(_WORD.findall(text.lower())))
    ordered = sorted(posts_with, key=lambda word: (-posts_with[word], word))
    return [word for word in ordered if variants(word)]


def _middle(words: Sequence[str]) -> Sequence[str]:
    start = len(words) // 10
    return words[start : start + QUERIES]


def _pairs(words: Sequence[str]) -> list[str]:
    """One that many know with one that fewer know."""
    return [f"{common} {rarer}" for common, rarer in zip(words, _middle(words), strict=False)]


def _searches(queries: Sequence[str]) -> list[str]:
    return [f"/search?q={quote(query)}" for query in queries]


def _titles() -> list[str]:
    """What somebody types who is about to ask: the titles of topics that are there."""
    rows = db.session.execute(
        select(Topic.title).where(Topic.state == "visible").order_by(Topic.id.desc()).limit(QUERIES)
    )
    return [f"/topics/ask/answers?title={quote(title[:150])}" for title in rows.scalars()]


def cache_can_be_switched() -> bool:
    """Whether this forum has a page cache, which PAGE_CACHE_MIB=0 switches off."""
    return hasattr(current_app.extensions["helferkreis.config"], "page_cache_bytes")
