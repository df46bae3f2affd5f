"""The database's version, without Alembic: the web server would pay 12 MiB for one number."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, text

from app.core.db import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_REVISION = re.compile(r'^(down_)?revision(?::[^=]+)? = (?:"(\w+)"|None)$', re.MULTILINE)


def init_migrations(app: Flask) -> None:
    """Bind Flask-Migrate for the command line; a process of gunicorn never migrates."""
    if "gunicorn" not in sys.modules:
        from flask_migrate import Migrate

        Migrate(app, db, directory=str(FOLDER))


def is_migrated(connection: Connection) -> bool:
    """Does this database have all that this version of the forum needs?"""
    rows = connection.execute(text("SELECT version_num FROM alembic_version"))
    return set(rows.scalars()) == _newest()


@cache
def _newest() -> set[str]:
    """The revisions on which no other builds; the files do not change while the forum runs."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for path in (FOLDER / "versions").glob("*.py"):
        for is_below, name in _REVISION.findall(path.read_text("utf-8")):
            found[bool(is_below)].add(name)
    return found[False] - found[True]
