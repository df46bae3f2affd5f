"""Compiled SQL, shared by all apps of a test process: compiling costs a third of a usual test."""

from __future__ import annotations

from sqlalchemy import Engine

_FIRST: dict[str, Engine] = {}


def share(engine: Engine) -> None:
    """Let the engine use the statements that earlier ones of its database have compiled.

    SQLAlchemy keeps them by dialect, so that is shared too, as soon as one has met its server.
    """
    first = _FIRST.setdefault(engine.name, engine)
    if first.dialect.server_version_info is None:
        _FIRST[engine.name] = engine
    elif first is not engine:
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
