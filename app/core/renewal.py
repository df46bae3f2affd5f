"""Rendering stored texts anew after the text pipeline changed, in short transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select, update

from app.core.db import Base, db, transaction
from app.core.text import TextError

ROWS_AT_ONCE = 100


def renew(model: type[Base], render_row: Callable[[Any], dict[str, Any]]) -> int:
    """Write what `render_row` makes of each row where it differs; returns how many rows did.

    For rows whose source never changes. A text that breaks a newer cap keeps the HTML it has.
    """
    table: Any = model.__table__
    after = changed = 0
    while rows := _rows(table, after):
        db.session.rollback()  # PostgreSQL ends connections that wait inside a transaction
        new = [(row, _rendered(render_row, row)) for row in rows]
        wrong = {row.id: values for row, values in new if _differs(row, values)}
        if wrong:
            with transaction():
                for row_id, values in wrong.items():
                    db.session.execute(update(table).where(table.c.id == row_id).values(values))
        changed += len(wrong)
        after = rows[-1].id
    return changed


def _rows(table: Any, after: int) -> Any:
    wanted = select(table).where(table.c.id > after).order_by(table.c.id)
    return db.session.execute(wanted.limit(ROWS_AT_ONCE)).all()


def _rendered(render_row: Callable[[Any], dict[str, Any]], row: Any) -> dict[str, Any]:
    try:
        return render_row(row)
    except TextError:
        return {}


def _differs(row: Any, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
