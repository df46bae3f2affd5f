"""Statements built once for each kind of viewer: building them costs more than running them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import BigInteger, Executable, Result, bindparam

from app.accounts.actor import Actor
from app.core.db import db

KINDS = 64  # of viewers and options, for each statement


def prepared(build: Callable[..., Executable]) -> Callable[..., Result[Any]]:
    """`build(viewer, *options)` becomes `run(viewer, *options, **values)`.

    It is asked once per role, state and options, for a viewer whose id is a parameter; it must look
    at nothing else of a person. `values` are its other parameters, written as bindparam("name").
    """

    @lru_cache(maxsize=KINDS)
    def built(role: str, state: str, *options: Any) -> Executable:
        own_id = cast("int", bindparam("viewer_id", type_=BigInteger)) if role != "guest" else None
        return build(Actor(id=own_id, role=role, state=state), *options)

    def run(viewer: Actor, *options: Any, **values: Any) -> Result[Any]:
        statement = built(viewer.role, viewer.state, *options)
        return db.session.connection().execute(statement, {"viewer_id": viewer.id, **values})

    return run
