"""`flask stats`: what the forum holds, in numbers."""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.db import Base, db
from app.core.jobs import rows
from app.core.search import SearchUnavailable, engine
from app.forum.models import Acceptance, Board, Post, Topic
from app.knowledge.models import Article

TABLES: dict[str, type[Base]] = {
    "accounts": Account,
    "boards": Board,
    "topics": Topic,
    "posts": Post,
    "acceptances": Acceptance,
    "articles": Article,
}


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@with_appcontext
def stats(as_json: bool) -> None:
    """Count accounts, posts, waiting jobs and what the search index holds."""
    numbers = collect()
    if as_json:
        click.echo(json.dumps(numbers))
    else:
        for name, number in numbers.items():
            click.echo(f"{name:16} {number:>9}")


def collect() -> dict[str, int]:
    """Every row counts, whatever its state."""
    counted = {
        name: int(db.session.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in TABLES.items()
    }
    return {
        **counted,
        "jobs_pending": rows.count_open(),
        "index_documents": _documents(),
    }


def _documents() -> int:
    """Both indexes together; 0 where there is no index yet."""
    try:
        return engine().count()
    except SearchUnavailable:
        return 0
