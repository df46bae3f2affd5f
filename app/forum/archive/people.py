"""Authors → accounts that nobody has claimed yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import NAME_LENGTH, Account
from app.accounts.rules import name_key, name_skeleton
from app.core.db import db
from app.forum.archive import queries
from app.forum.archive.checked import CheckedThread


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

    def ids(self, thread: CheckedThread) -> Mapping[str, int]:
        """Author → account id for everybody in the thread; makes the accounts that are missing."""
        wanted = dict.fromkeys(post.author for post in thread.posts if post.author not in self._ids)
        self._ids.update(queries.known_accounts(self.source, wanted))
        for author in wanted:
            if author not in self._ids:
                self._ids[author] = self._new_account(author, thread)
        return self._ids

    def _new_account(self, author: str, thread: CheckedThread) -> int:
        """A name that somebody has, or that looks like one, gets "-2", "-3" …"""
        posts = [post for post in thread.posts if post.author == author]
        name = posts[0].author_name
        since = min(post.created_at for post in posts)
        skeleton = name_skeleton(name)
        number = self._next_number.get(skeleton, 1)
        while (made := self._insert(author, _numbered(name, number), since)) is None:
            number += 1
        self._next_number[skeleton] = number + 1
        return made

    def _insert(self, author: str, name: str, since: datetime) -> int | None:
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(Account).values(
            name=name,
            name_key=name_key(name),
            name_skeleton=name_skeleton(name),
            state="imported",
            created_at=since,
            source=self.source,
            source_id=author,
        )
        made = statement.on_conflict_do_nothing().returning(Account.id)
        return db.session.execute(made).scalar()


def _numbered(name: str, number: int) -> str:
    if number == 1:
        return name
    ending = f"-{number}"
    return name[: NAME_LENGTH - len(ending)] + ending
