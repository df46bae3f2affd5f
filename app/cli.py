"""The operator's commands: `flask --app wsgi …`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.accounts.cli import create_account, create_token
from app.core.jobs.cli import work
from app.core.text.cli import render_text_command
from app.demo.cli import demo
from app.forum.cli import (
    create_board,
    export_archive,
    import_archive,
    recount,
    search_rebuild,
    text_rebuild,
)
from app.limits_table import limits
from app.moderation.cli import publish_netiquette
from app.rules_table import rules
from app.server import serve
from app.setup import setup
from app.stats import stats

COMMANDS: tuple[click.Command, ...] = (
    setup,
    demo,
    serve,
    create_board,
    search_rebuild,
    import_archive,
    export_archive,
    recount,
    text_rebuild,
    create_account,
    create_token,
    publish_netiquette,
    work,
    stats,
    render_text_command,
    rules,
    limits,
)


def init_commands(app: Flask) -> None:
    """Register every command."""
    for command in COMMANDS:
        command.callback = _plainly(command.callback)
        app.cli.add_command(command)


def _plainly(run: Callable[..., Any] | None) -> Callable[..., Any]:
    """A database that does not answer, or is not set up, is one clear line instead of a traceback."""
    assert run is not None
    original = getattr(run, "__wrapped_plainly__", run)

    @functools.wraps(original)
    def plainly(*args: Any, **kwargs: Any) -> Any:
        try:
            return original(*args, **kwargs)
        except DBAPIError as error:
            reason = str(error.orig).strip().split("\n")[0]
            raise click.ClickException(
                f"The database does not answer as it should ({reason}). "
                "If it is new, `flask --app wsgi setup` prepares it."
            ) from error

    plainly.__wrapped_plainly__ = original  # type: ignore[attr-defined]
    return plainly
