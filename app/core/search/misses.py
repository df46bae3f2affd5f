"""What people searched for in vain, counted without the people.

A search only reads the database, so it leaves a line in a file of the instance; the worker counts
the lines a little later. Lost is at most what was searched in the moment of a crash.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Bounded, any_number, db, id_column, insert_once
from app.core.search.analysis import words

WORDS_LENGTH = 80  # characters
MAX_WORDS = 6
MAX_WORD = 40  # characters; what is longer is no word
MAX_WAITING = 65_536  # bytes of lines that wait to be counted; more come from a machine
KEEP_DAYS = 90
MAX_KEPT = 2_000  # different words; those searched least go first
PAGE = 30

log = logging.getLogger(__name__)


class SearchMiss(Base):
    """Words that found nothing: how often, and on which day (UTC) last."""

    __tablename__ = "search_miss"

    id: Mapped[int] = id_column()
    words: Mapped[str] = mapped_column(Bounded(WORDS_LENGTH), unique=True)
    count: Mapped[int] = mapped_column(index=True)
    last_on: Mapped[date]


def without_person(text: str) -> str:
    """The words in lower case; nothing with a digit or an @, for that may be somebody's.

    Empty where nothing else is left. A name that somebody typed cannot be told from another word.
    """
    plain = [part for part in text.casefold().split() if not _may_be_personal(part)]
    found = [word for _, _, word in words(" ".join(plain))]
    return " ".join(found[:MAX_WORDS])[:WORDS_LENGTH].strip()


def _may_be_personal(part: str) -> bool:
    return "@" in part or len(part) > MAX_WORD or any(letter.isdigit() for letter in part)


def note_miss(text: str) -> None:
    """Remember these words until the worker counts them. Never fails: it is not worth an error."""
    kept = without_person(text)
    if not kept:
        return
    try:
        handle = os.open(_waiting(), os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(handle).st_size < MAX_WAITING:
                os.write(handle, f"{kept}\n".encode())  # one short write: lines never mix
        finally:
            os.close(handle)
    except OSError:
        log.warning("A search without result could not be noted.", exc_info=True)


def count_misses() -> None:
    """Count the waiting lines, forget what is old; runs as a job."""
    taken = _waiting().with_suffix(".taken")
    if _waiting().exists():
        os.replace(_waiting(), taken)  # what a killed job left there is given up
        for kept, count in Counter(taken.read_text("utf-8").splitlines()).items():
            _add(kept, count)
        taken.unlink()
    _forget()


def most_missed(
    after: tuple[int, ...] | None = None,
) -> tuple[Sequence[Any], tuple[int, ...] | None]:
    """One page of words, those searched most first, and the key of the next page."""
    # A row's own "count" is a method of tuples.
    times = SearchMiss.count.label("times")
    statement = select(SearchMiss.id, SearchMiss.words, times, SearchMiss.last_on)
    if after is not None and len(after) == 2:
        count = any_number(after[0])
        below = and_(SearchMiss.count == count, SearchMiss.id < after[1])
        statement = statement.where(or_(SearchMiss.count < count, below))
    ordered = statement.order_by(SearchMiss.count.desc(), SearchMiss.id.desc()).limit(PAGE + 1)
    rows = db.session.execute(ordered).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.times, last.id) if last else None


def _add(kept: str, count: int) -> None:
    today = clock.now().date()
    if not insert_once(SearchMiss, words=kept, count=count, last_on=today):
        same = update(SearchMiss).where(SearchMiss.words == kept)
        more = same.values(count=SearchMiss.count + count, last_on=today)
        db.session.execute(more.execution_options(synchronize_session=False))


def _forget() -> None:
    old = SearchMiss.last_on < clock.now().date() - timedelta(days=KEEP_DAYS)
    kept = select(SearchMiss.id).order_by(SearchMiss.count.desc(), SearchMiss.id.desc())
    too_many = SearchMiss.id.not_in(kept.limit(MAX_KEPT))
    for gone in (old, too_many):
        statement = delete(SearchMiss).where(gone)
        db.session.execute(statement.execution_options(synchronize_session=False))


def _waiting() -> Path:
    instance: Path = current_app.extensions["helferkreis.config"].instance
    return instance / "searched-in-vain.txt"
