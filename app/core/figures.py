"""What would cost a page too much to count: counted behind the request (wiring.TICKS), kept by key.

A figure may be as old as its tick is long. It holds numbers and ids only: names, titles and what may
be seen are looked up when it is shown. Every process notices a change at its next look, as with
settings (core/settings.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import JSON, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.cache.versions import SITE, Seen
from app.core.db import Base, Bounded, UtcDateTime, db, insert_once

KEY_LENGTH = 40
VERSION = "figures"  # the name in wiring.SHOWN


class Figure(Base):
    """One figure and when it last changed; `value` is JSON."""

    __tablename__ = "figure"

    key: Mapped[str] = mapped_column(Bounded(KEY_LENGTH), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def keep_figure(key: str, value: Any) -> None:
    """Inside a transaction(). The same value again writes nothing, so that no page becomes old."""
    if db.session.execute(select(Figure.value).filter_by(key=key)).scalar() == value:
        return
    moment = clock.now()
    if not insert_once(Figure, key=key, value=value, changed_at=moment):
        mine = update(Figure).where(Figure.key == key)
        db.session.execute(mine.values(value=value, changed_at=moment))


def figure(key: str, default: Any = None) -> Any:
    """The newest value, or `default` before it was first counted; costs a query after a change."""
    kept: _Kept = current_app.extensions.setdefault("helferkreis.figures", _Kept())
    seen = current_app.extensions["helferkreis.versions"].read((SITE, VERSION))
    # Not SITE's own version: it moves with every new account. First stands which file or Redis it is.
    version = None if seen is None else (seen[0], seen[-1])
    if version is None or version != kept.version:
        rows = db.session.execute(select(Figure.key, Figure.value)).all()
        kept.values = {row.key: row.value for row in rows}
        kept.version = version
    return kept.values.get(key, default)


class _Kept:
    """What this process has read, and the version that it stands for."""

    def __init__(self) -> None:
        self.version: Seen | None = None
        self.values: dict[str, Any] = {}
