"""Who and what of data/ is which row: looked up by what cannot change, so nothing is kept beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.accounts import queries as accounts
from app.accounts.actor import Actor
from app.accounts.rules import name_key
from app.demo import queries


class World:
    """`moments` says when each topic and post of data/ was written; that tells them from others."""

    def __init__(self, moments: Mapping[str, datetime], titles: Mapping[str, str]) -> None:
        self._moments = moments
        self._titles = titles
        self._found: dict[tuple[str, str], int] = {}
        self._people: dict[str, Actor] = {}

    def account(self, name: str) -> int:
        return self._known("account", name, lambda: queries.account_id(name_key(name)))

    def actor(self, name: str) -> Actor:
        """The person as they are at this moment."""
        found = accounts.actor_by_id(self.account(name))
        if found is None:
            raise LookupError(f"{name} is not there")
        return found

    def somebody(self, name: str) -> Actor:
        """The person as they lately were, for what no rank decides: thanks by the thousand."""
        if name not in self._people:
            self._people[name] = self.actor(name)
        return self._people[name]

    def topic(self, key: str) -> int:
        title, moment = self._titles[key], self._moments[key]
        return self._known("topic", key, lambda: queries.topic_id(title, moment))

    def title(self, key: str) -> str:
        return self._titles[key]

    def post(self, key: str) -> int:
        """`key` is the topic's, a dash, and the post's number."""
        topic_id = self.topic(key.split("-")[0])
        moment = self._moments[key]
        return self._known("post", key, lambda: queries.post_id(topic_id, moment))

    def _known(self, kind: str, key: str, look_up: Callable[[], int | None]) -> int:
        if (kind, key) not in self._found:
            found = look_up()
            if found is None:
                raise LookupError(f"{kind} {key} is not there")
            self._found[kind, key] = found
        return self._found[kind, key]
