"""How often each search engine finds the right answer: `make bench-search`.

Real questions with known answers; nothing in the engines is fitted to them. The reference values
are what others' plain ranking reaches on the same files. With --json the table is one JSON object
on standard output.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import create_engine

import app  # noqa: F401 — every table
from app.core.db import Base
from app.core.search import Document, PostgresEngine, SearchEngine, WhooshEngine
from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent
DEPTH = 10  # hits looked at for the reciprocal rank
WRITTEN = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Set:
    """A data set: its files, which field is what, the goal, and the plain reference values."""

    name: str
    documents: str
    queries: str
    goal_at: int
    goal: float
    plain: float
    stemmed: float


SETS = (
    Set("faq_de_covid", "faq.jsonl", "queries.jsonl", 5, 0.45, 0.36, 0.42),
    Set("retrieval_xquad", "docs.de.jsonl", "queries.de.jsonl", 1, 0.90, 0.85, 0.885),
)


@dataclass(frozen=True)
class Result:
    """Shares of all queries; milliseconds of the wall clock."""

    data_set: str
    engine: str
    documents: int
    queries: int
    success_at_1: float
    success_at_5: float
    mrr: float
    goal: str
    reached: bool
    plain_bm25: float
    stemmed_bm25: float
    median_ms: float


def measure(engine: SearchEngine, name: str, chosen: Set, folder: Path) -> Result:
    """Fill the engine with one set, and ask it all of the set's questions."""
    entries = _lines(folder / chosen.documents)
    engine.clear()
    engine.update((_document(number, entry) for number, entry in enumerate(entries)), [])
    ranks: list[int] = []
    times: list[float] = []
    queries = _lines(folder / chosen.queries)
    for query in queries:
        started = time.perf_counter()
        hits = engine.search(query["query"], restricted=False, limit=DEPTH)
        times.append(time.perf_counter() - started)
        ids = [entries[hit.id]["doc_id"] for hit in hits]
        right = (rank for rank, id in enumerate(ids, 1) if id in query["relevant_doc_ids"])
        ranks.append(next(right, 0))
    reached = {at: sum(0 < rank <= at for rank in ranks) / len(ranks) for at in (1, 5)}
    return Result(
        data_set=chosen.name,
        engine=name,
        documents=len(entries),
        queries=len(queries),
        success_at_1=round(reached[1], 3),
        success_at_5=round(reached[5], 3),
        mrr=round(sum(1 / rank for rank in ranks if rank) / len(ranks), 3),
        goal=f"success@{chosen.goal_at} ≥ {chosen.goal:.2f}",
        reached=reached[chosen.goal_at] >= chosen.goal,
        plain_bm25=chosen.plain,
        stemmed_bm25=chosen.stemmed,
        median_ms=round(statistics.median(times) * 1_000, 1),
    )


def _document(number: int, entry: dict[str, Any]) -> Document:
    return Document(
        kind="topic",
        id=number,
        title=entry.get("title") or entry["question"],
        tags="",
        question=entry.get("text", ""),
        solution=entry.get("answer", ""),
        posts="",
        audience=0,
        created_at=WRITTEN,
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@contextmanager
def _engines() -> Iterator[list[tuple[str, SearchEngine]]]:
    cluster = Cluster()
    with tempfile.TemporaryDirectory() as folder:
        database = create_engine(cluster.url("postgres").replace(":", "+psycopg:", 1))
        try:
            Base.metadata.create_all(database)
            whoosh = WhooshEngine(Path(folder) / "index")
            yield [("whoosh", whoosh), ("postgresql", PostgresEngine(lambda: database))]
            whoosh.close()
        finally:
            database.dispose()
            cluster.stop()


def _table(results: Sequence[Result]) -> str:
    head = (
        f"{'data set':17}{'engine':12}{'@1':>7}{'@5':>7}{'MRR':>7}   {'goal':20}"
        f"{'':9}{'BM25':>6}{'stemmed':>9}{'median':>10}"
    )
    rows = [
        f"{r.data_set:17}{r.engine:12}{r.success_at_1:7.3f}{r.success_at_5:7.3f}{r.mrr:7.3f}   "
        f"{r.goal:20}{'reached' if r.reached else 'MISSED':9}{r.plain_bm25:6.2f}"
        f"{r.stemmed_bm25:9.3f}{r.median_ms:7.1f} ms"
        for r in results
    ]
    return "\n".join([head, *rows])


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def main(as_json: bool) -> None:
    """Measure both engines on both data sets; exit status 1 where a goal is missed."""
    base = ROOT / os.environ.get("HELFERKREIS_TEST_DATA", "../shared/data")
    missing = [chosen.name for chosen in SETS if not (base / chosen.name).is_dir()]
    if missing:
        raise click.ClickException(
            f"There is no {' and no '.join(missing)} in {base}; HELFERKREIS_TEST_DATA names its folder."
        )
    results: list[Result] = []
    with (
        _engines() as engines,
        click.progressbar(
            [(chosen, *pair) for chosen in SETS for pair in engines],
            label="Searching",
            file=sys.stderr,
        ) as runs,
    ):
        for chosen, name, engine in runs:
            results.append(measure(engine, name, chosen, base / chosen.name))
    if as_json:
        click.echo(json.dumps({"search_quality": [asdict(result) for result in results]}))
    else:
        click.echo(_table(results))
    sys.exit(0 if all(result.reached for result in results) else 1)


if __name__ == "__main__":
    main()
