"""The operator's commands: `flask --app wsgi …`."""

from __future__ import annotations

from flask import Flask

from app.core.jobs.cli import work


def init_commands(app: Flask) -> None:
    """Register every command."""
    app.cli.add_command(work)
