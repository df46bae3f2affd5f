"""`python -m bench`: one run measures everything and prints it; `make bench` calls it."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import click

from app.core import clock
from bench import generate, report
from bench.run import Run, create_app_seconds
from bench.server import ROOT
from bench.stock import POSTGRESQL, SQLITE, Data, environment, forum
from bench.timing import Pace
from tests.postgres import MISSING, Cluster, binaries

RESULTS = ROOT / "bench" / "results"
REAL, GENERATED = "real", "generated"
REAL_FILE = "forum_urho3d/threads.jsonl"
QUICK_POSTS = 5_000
MILLION = 1_000_000
QUICK = Pace(busy=0.2, alone=0.1, least=12, answers=80)
CREATE_TRIES = 3


@dataclass(frozen=True)
class Plan:
    """What one run measures."""

    databases: Sequence[str]
    data: Sequence[Data]
    pages: str
    pace: Pace


@click.command()
@click.option("--quick", is_flag=True, help="Fewer requests, 5,000 posts: a look, no proof.")
@click.option("--million", is_flag=True, help="1,000,000 generated posts; importing takes hours.")
@click.option("--posts", type=click.IntRange(100), help="How many posts are generated.")
@click.option("--seed", default=generate.SEED, show_default=True)
@click.option("--db", multiple=True, type=click.Choice([SQLITE, POSTGRESQL]))
@click.option("--data", multiple=True, type=click.Choice([REAL, GENERATED]))
@click.option("--pages", default="*", help="Only pages whose name fits, e.g. 'topic*'.")
@click.option("--seconds", type=click.FloatRange(0.02), help="How long each page is asked for.")
@click.option("--markdown", type=click.Path(path_type=Path, dir_okay=False), help="Also to FILE.")
def main(markdown: Path | None, **options: Any) -> None:
    """Measure the forum's pages against a bare Flask "hello" on the same server.

    Imported forums are kept in bench/cache; the first run with 100,000 posts takes long.
    """
    found: dict[str, Any] = {**_circumstances(), "forums": []}
    click.echo(report.circumstances(found))
    for result in measure(_plan(**options)):
        found["forums"].append(result)
        click.echo("\n" + "\n\n".join(report.sections(result, report.as_text)))
    click.echo(f"\n{_kept(found)}")
    if markdown is not None:
        markdown.write_text(report.document(found), "utf-8")


def measure(plan: Plan) -> Iterator[dict[str, Any]]:
    """One result for each data on each database, as soon as it is there."""
    for database in plan.databases:
        with _cluster(database) as cluster:
            for data in plan.data:
                place = f"{report.DATABASES[database]}, {data.name}"
                with forum(data, database, cluster, _sayer(place)) as prepared:
                    yield Run(
                        prepared,
                        cluster=cluster,
                        pace=plan.pace,
                        wanted=lambda name: fnmatch(name, plan.pages),
                        say=_sayer(place),
                    ).result()


def _plan(
    *,
    quick: bool,
    million: bool,
    posts: int | None,
    seed: int,
    db: Sequence[str],
    data: Sequence[str],
    pages: str,
    seconds: float | None,
) -> Plan:
    count = posts or (MILLION if million else QUICK_POSTS if quick else generate.POSTS)
    pace = QUICK if quick else Pace()
    if seconds is not None:
        pace = replace(QUICK, busy=seconds, alone=seconds / 2)
    chosen = [d for d in _all_data(count, seed) if not data or d.name in data]
    return Plan(db or _databases(), chosen, pages, pace)


def _databases() -> Sequence[str]:
    if binaries() is None:
        click.echo(f"{MISSING}. Only SQLite is measured.", err=True)
        return (SQLITE,)
    return (SQLITE, POSTGRESQL)


def _all_data(posts: int, seed: int) -> Iterator[Data]:
    file = ROOT / os.environ.get("HELFERKREIS_TEST_DATA", "../shared/data") / REAL_FILE
    if file.exists():
        yield Data(REAL, file)
    else:
        click.echo(f"{file} is not there; only generated posts are measured.", err=True)
    yield Data(GENERATED, posts=posts, seed=seed)


class _Durable(Cluster):
    """As in production, unlike that of the tests: waiting for the disk is part of posting."""

    settings = ()


@contextmanager
def _cluster(database: str) -> Iterator[Cluster | None]:
    if database == SQLITE:
        yield None
        return
    cluster = _Durable()
    try:
        yield cluster
    finally:
        cluster.stop()


def _circumstances() -> dict[str, Any]:
    """What one has to know to compare two runs."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), SQLITE, None)
        creating = create_app_seconds(env, CREATE_TRIES)
    return {
        "measured_at": clock.now().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "processors": len(os.sched_getaffinity(0)),
        "load_before": os.getloadavg()[0],
        "seconds": creating,
    }


def _kept(found: dict[str, Any]) -> Path:
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{found['measured_at'].replace(':', '')[:17]}.json"
    path.write_text(json.dumps(found, indent=1), "utf-8")
    return path


def _sayer(place: str) -> Callable[[str], None]:
    return lambda what: click.echo(f"{place}: {what}", err=True)


if __name__ == "__main__":
    main()
