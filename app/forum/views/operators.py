"""`board:`, `tag:`, `status:` and `author:` in the search field → labels of the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.actor import Actor
from app.accounts.rules import name_key
from app.core.errors import NotFound
from app.core.search import Operator, label, take_operators
from app.forum import queries

NAMES = {
    "board": "board",
    "bereich": "board",
    "tag": "tag",
    "schlagwort": "tag",
    "status": "status",
    "author": "author",
    "autor": "author",
    "autorin": "author",
}
STATUSES = {
    "solved": "solved",
    "gelöst": "solved",
    "geloest": "solved",
    "open": "open",
    "offen": "open",
}


@dataclass(frozen=True)
class Asked:
    """Words without operators, what the hits must have, and what could not be understood."""

    words: str
    operators: tuple[Operator, ...] = ()
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def with_words(self, words: str) -> str:
        """The text for the search field, with the same operators."""
        return " ".join([words, *(operator.written for operator in self.operators)]).strip()


def read(text: str, viewer: Actor) -> Asked:
    """An operator that means nothing is left out, and a sentence says so."""
    words, operators = take_operators(text, NAMES)
    labels: list[str] = []
    notes: list[str] = []
    for operator in operators:
        found, note = _READERS[operator.name](operator.value, viewer)
        if found:
            labels.append(found)
        else:
            notes.append(note)
    return Asked(words, operators, tuple(labels), tuple(notes))


def _board(value: str, viewer: Actor) -> tuple[str | None, str]:
    wanted = value.casefold()
    for board in queries.visible_boards(viewer):
        if wanted in (board.slug.casefold(), board.name.casefold()):
            return label("board", board.id), ""
    note = _("We know no board “%(value)s”, so we searched in all of them.", value=value)
    return None, note


def _tag(value: str, viewer: Actor) -> tuple[str | None, str]:
    if queries.tag_in_use(viewer, value.lower()):
        return label("tag", value.lower()), ""
    return None, _("No topic has the tag “%(value)s”, so we searched without it.", value=value)


def _status(value: str, _viewer: Actor) -> tuple[str | None, str]:
    if value.lower() in STATUSES:
        return label("status", STATUSES[value.lower()]), ""
    note = _(
        "A status is “solved” or “open”, not “%(value)s”, so we searched for both.", value=value
    )
    return None, note


def _author(value: str, viewer: Actor) -> tuple[str | None, str]:
    try:
        member = accounts.member_or_404(name_key(value), viewer)
    except NotFound:
        note = _("We know nobody called “%(value)s”, so we searched for everybody.", value=value)
        return None, note
    return label("author", member.id), ""


_READERS: dict[str, Callable[[str, Actor], tuple[str | None, str]]] = {
    "board": _board,
    "tag": _tag,
    "status": _status,
    "author": _author,
}
