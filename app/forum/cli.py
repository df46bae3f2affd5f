"""The operator's commands for the forum: boards and the search index."""

from __future__ import annotations

from typing import TextIO

import click
from flask.cli import with_appcontext

from app.accounts.actor import AUDIENCES
from app.core.db import transaction
from app.core.errors import AppError
from app.forum import actions, search
from app.forum.queries import count_topics_for_index


@click.command("create-board")
@click.argument("name")
@click.option("--slug", default="", help="Address of the board; made from the name if left out.")
@click.option("--description", default="", help="One line under the name.")
@click.option("--audience", type=click.Choice(list(AUDIENCES)), default="public", help="Who reads.")
@click.option(
    "--posting", type=click.Choice(list(AUDIENCES)[1:]), default="members", help="Who writes."
)
@with_appcontext
def create_board(name: str, slug: str, description: str, audience: str, posting: str) -> None:
    """Make a board."""
    try:
        with transaction():
            board = actions.create_board(
                name,
                slug=slug,
                description=description,
                audience=AUDIENCES[audience],
                post_audience=AUDIENCES[posting],
            )
    except AppError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"/boards/{board.slug}")


@click.command("search-rebuild")
@with_appcontext
def search_rebuild() -> None:
    """Make the search index anew from the database."""
    with click.progressbar(
        length=count_topics_for_index(), label="Indexing", file=_errors()
    ) as bar:
        try:
            count = search.rebuild(bar.update)
        except AppError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{count} topics are in the index.", err=True)


def _errors() -> TextIO:
    return click.get_text_stream("stderr")
