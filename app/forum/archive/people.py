"""Authors → accounts that nobody has claimed yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from app.accounts.models import NAME_LENGTH, Account
from app.accounts.rules import name_key, name_skeleton
from app.core.db import db, insert_or_skip
from app.forum.archive import queries
from app.forum.archive.checked import CheckedPost, CheckedThread
from app.forum.models import Post


class People:
    """The accounts of one source. Remembers what it looked up; `forget` after a rollback."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._ids: dict[str, int] = {}
        # A thousand authors who look alike must not each try a thousand names.
        self._next_number: dict[str, int] = {}

    def forget(self) -> None:
        self._ids.clear()
        self._next_number.clear()

    def look_up(self, threads: Iterable[CheckedThread]) -> None:
        """One query for many threads, before they are written."""
        authors = {post.author for thread in threads for post in thread.posts} - self._ids.keys()
        self._ids.update(queries.known_accounts(self.source, authors))

    def ids(self, thread: CheckedThread) -> Mapping[str, int]:
        """Author → account id for everybody in the thread; makes the accounts that are missing."""
        if any(post.author not in self._ids for post in thread.posts):
            self.look_up([thread])
        for post in thread.posts:
            if post.author not in self._ids:
                self._ids[post.author] = self._new_account(post, thread)
        return self._ids

    def _new_account(self, first: CheckedPost, thread: CheckedThread) -> int:
        """A name that somebody has, or that looks like one, gets "-2", "-3" …"""
        since = min(post.created_at for post in thread.posts if post.author == first.author)
        skeleton = name_skeleton(first.author_name)
        number = self._next_number.get(skeleton, 1)
        while (made := self._insert(first, number, since)) is None:
            number += 1
        self._next_number[skeleton] = number + 1
        return made

    def _insert(self, first: CheckedPost, number: int, since: datetime) -> int | None:
        name = _numbered(first.author_name, number)
        row = {
            "name": name,
            "name_key": name_key(name),
            "name_skeleton": name_skeleton(name),
            "state": "imported",
            "created_at": since,
            "source": self.source,
            "source_id": first.author,
        }
        return db.session.execute(
            insert_or_skip(Account).values(row).returning(Account.id)
        ).scalar()


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    ending = f"-{number}"
    return name[: NAME_LENGTH - len(ending)] + ending


def date_accounts(account_ids: Sequence[int]) -> int:
    """Members are here since their first post, wherever it stands in the archive."""
    first = (
        select(Post.author_id, func.min(Post.created_at).label("since"))
        .where(Post.author_id.in_(account_ids))
        .group_by(Post.author_id)
        .subquery()
    )
    statement = (
        update(Account)
        .where(Account.id == first.c.author_id, Account.state == "imported")
        .where(Account.created_at > first.c.since)
        .values(created_at=first.c.since)
        .execution_options(synchronize_session=False)
    )
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
