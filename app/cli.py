"""The operator's commands: `flask --app wsgi …`."""

from __future__ import annotations

from flask import Flask

from app.accounts.cli import create_account
from app.core.jobs.cli import work
from app.forum.cli import create_board, import_archive, recount, search_rebuild, text_rebuild
from app.server import serve
from app.setup import setup
from app.stats import stats


def init_commands(app: Flask) -> None:
    """Register every command."""
    app.cli.add_command(setup)
    app.cli.add_command(serve)
    app.cli.add_command(create_board)
    app.cli.add_command(search_rebuild)
    app.cli.add_command(import_archive)
    app.cli.add_command(recount)
    app.cli.add_command(text_rebuild)
    app.cli.add_command(create_account)
    app.cli.add_command(work)
    app.cli.add_command(stats)
