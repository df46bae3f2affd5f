"""`flask setup`: brings the database up to date and lays the first things, asking nothing."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.core.db import transaction
from app.core.search import mend_index
from app.forum.actions import ensure_first_board
from app.moderation.actions import ensure_rulebook
from app.superusers.actions import lay_ranks


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Migrate the database; the first time also lay a board and the netiquette."""
    is_new = prepare()
    mend_index()
    click.echo("The forum is ready." if is_new else "The database is up to date.", err=True)


def prepare() -> bool:
    """Migrate, and lay what a forum cannot be without; True the first time. For `flask serve` too."""
    from flask_migrate import upgrade  # 12 MiB that the web server's processes do without

    upgrade()
    with transaction():
        ensure_rulebook()
        board = ensure_first_board()
        lay_ranks()
    return board is not None
