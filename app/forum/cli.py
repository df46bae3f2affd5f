"""The operator's commands for the forum: boards, archives, counters, HTML and the search index."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from app.accounts.actor import AUDIENCES
from app.core.db import db, transaction
from app.core.errors import AppError
from app.core.search import count_searchable, rebuild
from app.forum import actions, archive, reactions
from app.forum import recount as counters
from app.forum.actions.rendering import rendered_anew, replace_html
from app.forum.archive import export
from app.forum.queries.rendering import count_posts_to_render, posts_to_render

SOME_REFUSED = 3  # exit status
POSTS_AT_ONCE = 100  # rendered, then written in one transaction


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
    with click.progressbar(length=count_searchable(), label="Indexing", file=_errors()) as bar:
        try:
            counts = rebuild(bar.update)
        except AppError as error:
            raise click.ClickException(str(error)) from error
    said = ", ".join(f"{kind}: {count}" for kind, count in counts.items())
    click.echo(f"The index holds – {said}.", err=True)


def _errors() -> TextIO:
    return sys.stderr


@click.command("import-archive")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", help="Ids are unique per source. Default: the file's folder and name.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def import_archive(file: Path, source: str | None, as_json: bool) -> None:
    """Take the topics of another forum, one JSON object a line.

    Lines that are there already are left as they are, so it may be stopped and started again.
    Exit status 3 if some lines were refused.
    """
    report = _import(file, source if source is not None else archive.default_source(file))
    if not reactions.drain_if_free():
        click.echo("A worker is running; it puts the topics into the search index.", err=True)
    if as_json:
        click.echo(json.dumps(report.as_json()))
    else:
        click.echo(archive.describe(report))
    sys.exit(SOME_REFUSED if report.refused else 0)


def _import(file: Path, source: str) -> archive.Report:
    try:
        archive.check_source(source)
        with click.progressbar(length=archive.size(file), label="Importing", file=_errors()) as bar:
            return archive.import_archive(file, source, lambda end: bar.update(end - bar.pos))
    except archive.UnreadableArchive as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        raise click.ClickException(_database_trouble(error)) from error


@click.command("export-archive")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--all", "everything", is_flag=True, help="Also what guests cannot see.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def export_archive(file: Path, everything: bool, as_json: bool) -> None:
    """Write every topic as an archive that import-archive takes, one JSON object a line.

    What guests see; with --all everything, closed boards and hidden posts too. Only you may read
    the file, which appears under its name when it is complete. "-" is standard output.
    """
    if as_json and file == export.STANDARD_OUTPUT:
        raise click.UsageError("Standard output can take the lines or the report, not both.")
    try:
        counts = _export(file, everything)
    except export.UnwritableArchive as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        raise click.ClickException(_database_trouble(error)) from error
    if as_json:
        click.echo(json.dumps(counts.as_json()))
    else:
        click.echo(str(counts), err=file == export.STANDARD_OUTPUT)


def _export(file: Path, everything: bool) -> export.Counts:
    counts = export.Counts()
    length = export.count_topics(everything=everything)
    with (
        export.archive_file(file) as write,
        click.progressbar(length=length, label="Exporting", file=_errors()) as bar,
    ):
        for line in export.export_lines(everything=everything):
            write(line)
            counts.add(line)
            bar.update(1)
    return counts


@click.command("recount")
@with_appcontext
def recount() -> None:
    """Count everything anew that is kept as a counter, and say how many were wrong."""
    try:
        with click.progressbar(
            length=counters.count_rows(), label="Counting", file=_errors()
        ) as bar:
            wrong = counters.recount_everything(bar.update)
        for kind, count in current_app.extensions["helferkreis.recounts"].items():
            wrong[kind] = count()
    except DBAPIError as error:
        raise click.ClickException(_database_trouble(error)) from error
    for kind, rows in wrong.items():
        click.echo(f"{kind}: {rows} put right")


@click.command("text-rebuild")
@click.option("--all", "everything", is_flag=True, help="Also posts that are up to date.")
@with_appcontext
def text_rebuild(everything: bool) -> None:
    """Render posts anew whose HTML was made by an older version of the text pipeline.

    Also articles, notes and public texts, of which there are few. May be stopped and started
    again. Run search-rebuild afterwards if the plain text changed.
    """
    try:
        length = count_posts_to_render(everything=everything)
        with click.progressbar(length=length, label="Rendering", file=_errors()) as bar:
            for posts in _rendered(everything):
                bar.update(posts)
        others = {k: run() for k, run in current_app.extensions["helferkreis.rendered"].items()}
    except DBAPIError as error:
        raise click.ClickException(_database_trouble(error)) from error
    click.echo(f"{length} posts were rendered anew.", err=True)
    for kind, rows in others.items():
        click.echo(f"{kind}: {rows} changed", err=True)


def _rendered(everything: bool) -> Iterator[int]:
    """Yield how many posts each short transaction had; nothing is rendered inside of one."""
    after = 0
    while posts := posts_to_render(after=after, limit=POSTS_AT_ONCE, everything=everything):
        db.session.rollback()  # PostgreSQL ends connections that wait inside a transaction
        htmls = [
            rendered_anew(p.text, format=p.format, is_imported=p.source is not None) for p in posts
        ]
        with transaction():
            for post, html in zip(posts, htmls, strict=True):
                replace_html(post.id, text=post.text, html=html)
        after = posts[-1].id
        yield len(posts)


def _database_trouble(error: DBAPIError) -> str:
    reason = str(error.orig).splitlines()[0]
    return f"The database did not do it: {reason}. Is it set up (flask setup) and running?"
