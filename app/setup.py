"""`flask setup`: brings the database up to date and lays the first things, asking nothing."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.core.db import transaction
from app.forum.actions import ensure_first_board
from app.forum.reactions import mend_index
from app.moderation.actions import ensure_rulebook
from app.superusers.actions import lay_ranks


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Migrate the database; the first time also lay a board and the netiquette."""
    from flask_migrate import upgrade  # 12 MiB that only commands need

    upgrade()
    with transaction():
        ensure_rulebook()
        board = ensure_first_board()
        lay_ranks()
    mend_index()
    click.echo("The database is up to date." if board is None else "The forum is ready.", err=True)
