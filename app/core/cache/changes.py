"""From what was written to which pages are old: every statement of every transaction passes here.

Told by tables instead of by events, because imports, recounts and the worker write without events,
and because what nobody thought of must make pages old rather than leave them wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.core.cache.versions import SITE, Versions

WRITTEN = "helferkreis.written"
OPENED = "helferkreis.opened"


@dataclass(frozen=True)
class Shown:
    """Which versions a table concerns. `columns` says so for single ones when only they change.

    `by` is a field of the events of the same transaction, e.g. "topic_id": the version of each thing
    that they name. Without such an event, everything. `also` names further versions that an update
    of single columns concerns.
    """

    names: tuple[str, ...] = ()
    by: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    also: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


NOWHERE = Shown()
EVERYWHERE = Shown((SITE,))


def shown_on(*names: str, columns: Mapping[str, tuple[str, ...]] | None = None) -> Shown:
    """A table whose every change concerns these versions, apart from single `columns`."""
    return Shown(names, columns=columns or MappingProxyType({}))


def by(field_name: str, *names: str, also: Mapping[str, tuple[str, ...]] | None = None) -> Shown:
    """A table whose rows belong to a thing that the events of the transaction name."""
    return Shown(names, by=field_name, also=also or MappingProxyType({}))


class Written:
    """What a transaction has written so far: names of versions, and the ids its events carry."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.by: set[str] = set()
        self.ids: dict[str, set[int]] = {}

    def versions(self) -> set[str]:
        """What becomes old. A transaction that changes several things names each in an event, or
        none at all; then all pages are concerned."""
        found = set(self.names)
        for name in self.by:
            ids = self.ids.get(name, set())
            thing = name.removesuffix("_id")
            found |= {f"{thing}:{number}" for number in ids} if ids else {SITE}
        return found


def init_changes(
    engine: Engine, versions: Versions, shown: Mapping[str, Shown], *, events: str
) -> None:
    """Watch what this engine commits. `events` is the table whose payloads name things."""

    @event.listens_for(engine, "after_execute")
    def note(
        connection: Connection, statement: Any, many: Any, one: Any, _options: Any, result: Any
    ) -> None:
        if getattr(statement, "is_dml", False):
            table = statement.table.name
            written = connection.info.setdefault(WRITTEN, Written())
            if table == events:
                _note_events(written, many or [one])
            _note_table(written, shown.get(table, EVERYWHERE), statement, result)
        elif not getattr(statement, "is_select", False) and not _only_reads(str(statement)):
            connection.info.setdefault(WRITTEN, Written()).names.add(SITE)

    @event.listens_for(engine, "commit")
    def open_(connection: Connection) -> None:
        written: Written | None = connection.info.pop(WRITTEN, None)
        names = written.versions() if written else set()
        if names:
            connection.info[OPENED] = versions.open(names)

    @event.listens_for(engine, "rollback")
    def forget(connection: Connection) -> None:
        # Also after a commit that failed: whether it happened is not known, so it stays open.
        connection.info.pop(WRITTEN, None)
        connection.info.pop(OPENED, None)

    @event.listens_for(engine, "checkin")
    def close(_dbapi: Any, record: Any) -> None:
        opened = record.info.pop(OPENED, None)
        if opened is not None:
            versions.close(opened)


def _note_events(written: Written, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        for name, value in (row.get("payload") or {}).items():
            if name.endswith("_id") and isinstance(value, int):
                written.ids.setdefault(name, set()).add(value)


def _note_table(written: Written, shown: Shown, statement: Any, result: Any) -> None:
    if shown.columns and statement.is_update:
        changed = _columns(statement, result)
        if changed and changed <= shown.columns.keys():
            written.names.update(name for column in changed for name in shown.columns[column])
            return
    written.names.update(shown.names)
    if shown.by:
        written.by.add(shown.by)
    if shown.also and statement.is_update:
        for column in _columns(statement, result):
            written.names.update(shown.also.get(column, ()))


def _columns(statement: Any, result: Any) -> set[str]:
    """The columns that an UPDATE sets, whether as values() or as parameters of the unit of work."""
    in_values = {getattr(column, "key", column) for column in statement._values or ()}
    compiled = result.context.compiled
    in_parameters = set(compiled.column_keys or ()) & set(statement.table.c.keys())
    return in_values | in_parameters


def _only_reads(sql: str) -> bool:
    return sql.lstrip().upper().startswith(("SELECT", "SET", "SHOW", "BEGIN", "PRAGMA", "EXPLAIN"))
