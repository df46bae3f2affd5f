"""What the forum does behind the request. Everything here is safe to run twice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, insert

from app.core import clock, jobs
from app.core.db import db, transaction
from app.core.jobs import batch, outside
from app.core.jobs.runner import Runner
from app.core.search import engine, index_lock
from app.forum import queries, search
from app.forum.models import SimilarTopic
from app.forum.recount import in_chunks, recount_boards, recount_members

TOPICS_AT_ONCE = 500  # brought into the index with one commit
SIMILAR_SECONDS = 3.0
SIMILAR_AT_ONCE = 60
SIMILAR_DAYS = 14  # then what has come since is looked through as well


@batch
def index_topic(changed: Sequence[dict[str, int]]) -> None:
    """Bring topics up to date in the search index; one commit for all that wait."""
    search.update_index([change["topic_id"] for change in changed])


@batch
def count_board(changed: Sequence[dict[str, int]]) -> None:
    """Bring the figures of the boards of these topics up to date."""
    with transaction():
        recount_boards(queries.boards_of([change["topic_id"] for change in changed]))


@batch
def count_member(changed: Sequence[dict[str, int]]) -> None:
    """Bring the figures of these members up to date."""
    with transaction():
        recount_members(sorted({change["account_id"] for change in changed}))


@batch
def index_board(changed: Sequence[dict[str, int]]) -> None:
    """Bring every topic of these boards up to date in the index, some at a time: what else waits
    for the index gets its turn in between.
    """
    for change in changed:
        board_id = change["board_id"]
        ids = queries.topic_ids_of_board(
            board_id, after=change.get("after", 0), limit=TOPICS_AT_ONCE
        )
        search.update_index(ids)
        if len(ids) == TOPICS_AT_ONCE:
            with transaction():
                jobs.enqueue(index_board, board_id=board_id, after=ids[-1])


@batch
def count_authors(changed: Sequence[dict[str, int]]) -> None:
    """Bring the figures of everybody up to date who wrote in these boards: they count what is public."""
    for board_id in sorted({change["board_id"] for change in changed}):
        in_chunks(recount_members, queries.authors_in_board(board_id))


@outside
def find_similar() -> None:
    """Look for topics near those that have none yet, a few seconds long; the next tick goes on."""
    if not engine().is_ready():
        return
    end = time.monotonic() + SIMILAR_SECONDS
    rows = queries.without_similar(clock.now() - timedelta(days=SIMILAR_DAYS), SIMILAR_AT_ONCE)
    for row in rows:
        found = search.near(row)
        with transaction():
            _keep_similar(row.id, found)
        if time.monotonic() > end:
            break


def _keep_similar(topic_id: int, found: Sequence[int]) -> None:
    moment = clock.now()
    places = [
        {"topic_id": topic_id, "place": place, "similar_id": similar_id, "found_at": moment}
        for place, similar_id in enumerate(found or (None,))
    ]
    db.session.execute(delete(SimilarTopic).where(SimilarTopic.topic_id == topic_id))
    db.session.execute(insert(SimilarTopic), places)


def enqueue_index(topic_ids: Iterable[int]) -> None:
    """Write index jobs for topics that came in without events (an import); inside transaction()."""
    for topic_id in topic_ids:
        jobs.enqueue(index_topic, topic_id=topic_id)


def drain_if_free() -> bool:
    """Do the waiting index jobs here, unless a worker is at it; False when it is."""
    lock = index_lock(current_app.extensions["helferkreis.config"].index_folder)
    if lock is None:
        return False
    with lock:
        runner = Runner(current_app._get_current_object())  # type: ignore[attr-defined]
        while runner.run_next("batch"):
            pass
    return True
