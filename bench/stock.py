"""Forums ready to be measured: imported once through the real import, then kept in a cache folder.

What is kept depends on the data, the database and every file that shapes it; a change of one of
them imports anew. Measuring works on a copy, so that its posts are gone afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import generate
from bench.furnish import furnish
from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "bench" / "cache"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
SECRET = "only-for-measuring-" + "x" * 32
#: What decides how an imported archive lies in the database and the index.
SHAPING = (
    *("migrations/versions", "app/forum/archive", "app/forum/models.py", "app/forum/search.py"),
    *("app/accounts/models.py", "app/core/text", "app/core/search", "app/knowledge"),
    *(f"bench/{name}.py" for name in ("generate", "writing", "german", "sentences", "furnish")),
)
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")

Say = Callable[[str], None]
Environment = dict[str, str]


@dataclass(frozen=True)
class Data:
    """An archive: a real one from a file, or `posts` generated ones."""

    name: str
    file: Path | None = None
    posts: int = 0
    seed: int = generate.SEED

    @property
    def key(self) -> str:
        if self.file is None:
            return f"generated-{self.posts}-{self.seed}"
        return f"{self.name}-{hashlib.sha256(self.file.read_bytes()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Forum:
    """A copy to measure. `env` is what its processes are started with; `facts` tell of the import."""

    data: Data
    database: str
    env: Environment
    facts: dict[str, Any]


@contextmanager
def forum(data: Data, database: str, cluster: Cluster | None, say: Say) -> Iterator[Forum]:
    """A fresh copy of the imported archive; `cluster` is needed for PostgreSQL."""
    kept = CACHE / f"{data.key}-{database}-{_digest()}"
    if not kept.exists():
        _build(kept, data, database, cluster, say)
    with tempfile.TemporaryDirectory(prefix="hk-bench-") as folder:
        instance = Path(folder) / "instance"
        shutil.copytree(kept / "instance", instance)
        env = environment(instance, database, cluster)
        if cluster is not None and database == POSTGRESQL:
            _restore(kept / "forum.dump", cluster)
        yield Forum(data, database, env, json.loads((kept / "facts.json").read_text()))


def environment(instance: Path, database: str, cluster: Cluster | None) -> Environment:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    url = cluster.url("bench") if cluster is not None and database == POSTGRESQL else ""
    return {
        **kept,
        "HELFERKREIS_INSTANCE": str(instance),
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "RATE_LIMITS": "off",
    }


def _build(kept: Path, data: Data, database: str, cluster: Cluster | None, say: Say) -> None:
    """In a folder of its own first: an interrupted build leaves nothing that looks finished."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for older in CACHE.glob(f"{data.key}-{database}-*"):
        shutil.rmtree(older)
    with tempfile.TemporaryDirectory(prefix="building-", dir=CACHE) as folder:
        place = Path(folder) / "forum"
        instance = place / "instance"
        instance.mkdir(parents=True)
        env = environment(instance, database, cluster)
        if cluster is not None and database == POSTGRESQL:
            _new_database(cluster)
        _flask(env, "setup")
        facts = _import(data, Path(folder), env, say)
        furnish(env)
        _flask(env, "work", "--until-empty")
        if cluster is not None and database == POSTGRESQL:
            _tool(cluster, "pg_dump", "-Fc", "-Z1", "-f", str(place / "forum.dump"))
        (place / "facts.json").write_text(json.dumps(facts))
        place.rename(kept)


def _import(data: Data, folder: Path, env: Environment, say: Say) -> dict[str, Any]:
    """Through the operator's command; what it took, and how long, the index included."""
    archive = data.file
    if archive is None:
        archive = folder / "generated.jsonl"
        say(f"Writing {data.posts:,} posts …")
        generate.write(archive, data.posts, data.seed)
    say("Importing (once; kept for later runs) …")
    begin = time.perf_counter()
    printed = _flask(env, "import-archive", str(archive), "--source", "bench", "--json")
    seconds = time.perf_counter() - begin
    report = json.loads(printed)
    facts = {name: report[name] for name in ("topics", "posts", "accounts", "solutions")}
    facts |= {"refused": len(report["refused"]), "import_seconds": round(seconds, 2)}
    return facts | {"import_posts_per_second": round(report["posts"] / seconds, 1)}


def _flask(env: Environment, *arguments: str) -> str:
    """A command of the forum; what it prints. Its progress goes to the terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode not in (0, 3):  # 3: some lines were refused, which is a fact, not a fault
        raise RuntimeError(f"flask {arguments[0]} ended with {done.returncode}.")
    return done.stdout


def _new_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bench WITH (FORCE)")
        connection.execute("CREATE DATABASE bench")


def _restore(dump: Path, cluster: Cluster) -> None:
    """With the statistics that autovacuum would have gathered by and by."""
    _new_database(cluster)
    _tool(cluster, "pg_restore", "-j2", str(dump))
    with psycopg.connect(cluster.url("bench"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _tool(cluster: Cluster, name: str, *arguments: str) -> None:
    command = [str(cluster.bin / name), "-d", cluster.url("bench"), *arguments]
    subprocess.run(command, check=True, cwd="/")


def _digest() -> str:
    """Of the files that shape what is kept."""
    found = hashlib.sha256()
    for place in SHAPING:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            found.update(file.read_bytes())
    return found.hexdigest()[:10]
