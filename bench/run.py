"""One forum on one database: every page through HTTP, the memory of the workers, then the inside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench import furnish, inside, visitors
from bench.load import Client, raw_request
from bench.material import Material, cache_can_be_switched, choose
from bench.pages import MEMBER, POSTING, Page, pages
from bench.server import ROOT, Server
from bench.stock import POSTGRESQL, Forum, Say
from bench.timing import Pace, Timing
from tests.postgres import Cluster

POST = "post an answer"
KEPT_ANSWERS = 16  # for the look inside
CACHE_OFF = {"PAGE_CACHE_MIB": "0"}
_CREATE = (
    "import time; begin = time.perf_counter(); from app import create_app; "
    "middle = time.perf_counter(); create_app(); "
    "print(middle - begin, time.perf_counter() - middle)"
)

Row = dict[str, Any]


@dataclass
class Measured:
    """What came out so far: rows by page, and the raw requests that made them."""

    rows: dict[str, Row] = field(default_factory=dict)
    requests: dict[str, list[str]] = field(default_factory=dict)
    hello: list[Row] = field(default_factory=list)
    start_seconds: float = 0.0
    memory_mib: dict[str, float] = field(default_factory=dict)


class Run:
    """Measures one forum; `wanted` chooses pages by name."""

    def __init__(
        self,
        forum: Forum,
        *,
        cluster: Cluster | None,
        pace: Pace,
        wanted: Callable[[str], bool],
        say: Say,
    ) -> None:
        self._forum = forum
        self._cluster = cluster if forum.database == POSTGRESQL else None
        self._pace = pace
        self._wanted = wanted
        self._say = say
        self._done = Measured()

    def result(self) -> dict[str, Any]:
        with furnish.opened(self._forum.env):
            furnish.settle()
            material = choose()
            can_switch = cache_can_be_switched()
        todo = [page for page in pages(material) if page.paths and self._wanted(page.name)]
        self._through_http(todo, material)
        self._look_inside([page.name for page in todo if page.cached], {}, inside.WARM_UPS)
        self._look_inside([POST, *(page.name for page in todo if not page.cached)], CACHE_OFF)
        self._judge(todo)
        done = self._done
        return {
            "database": self._forum.database,
            "data": self._forum.data.name,
            **self._forum.facts,
            "cache_can_be_switched": can_switch,
            "hello": done.hello,
            "pages": [{"name": name, **row} for name, row in done.rows.items()],
            "memory_mib": {name: round(size, 1) for name, size in done.memory_mib.items()},
            "start_seconds": round(done.start_seconds, 3),
        }

    def _through_http(self, todo: Sequence[Page], material: Material) -> None:
        with Client() as client, self._server("bench.hello:app") as hello:
            yardstick = Timing(client, hello, None, self._pace)
            bare = [raw_request(hello.port, "/")]
            self._done.hello.append(yardstick.measure(bare))
            with self._server("wsgi:app", **CACHE_OFF) as server:
                cookies = visitors.sign_in(server.port)
                self._ask(client, server, [p for p in todo if not p.cached], cookies)
                if self._wanted(POST):
                    self._post(client, server, material, cookies)
                self._done.memory_mib = server.memory_mib()
                self._done.start_seconds = server.start_seconds
            if cached := [p for p in todo if p.cached]:
                with self._server("wsgi:app") as server:
                    self._ask(client, server, cached, cookies)
            self._done.hello.append(yardstick.measure(bare))
        self._add_shares()

    def _server(self, name: str, **more: str) -> Server:
        env = {**self._forum.env, **more}
        return Server(name, env, workers=self._pace.workers, threads=self._pace.threads)

    def _ask(
        self, client: Client, server: Server, todo: Sequence[Page], cookies: visitors.Cookies
    ) -> None:
        timing = Timing(client, server, self._cluster, self._pace)
        for page in todo:
            self._say(page.name)
            requests = visitors.requests_for(page, server.port, cookies)
            if requests:
                self._done.requests[page.name] = requests
                self._done.rows[page.name] = timing.measure(requests, page.status)

    def _post(
        self, client: Client, server: Server, material: Material, cookies: visitors.Cookies
    ) -> None:
        self._say(POST)
        count = self._pace.answers + KEPT_ANSWERS
        made = visitors.answers(server.port, material.open_topics, cookies[MEMBER], count)
        timing = Timing(client, server, self._cluster, self._pace)
        self._done.requests[POST] = made[:KEPT_ANSWERS]
        self._done.rows[POST] = timing.measure_each_once(made[KEPT_ANSWERS:], 303)

    def _add_shares(self) -> None:
        per_second = sum(row["per_second"] for row in self._done.hello) / len(self._done.hello)
        for row in self._done.rows.values():
            row["share"] = round(row["per_second"] / per_second, 4)

    def _judge(self, todo: Sequence[Page]) -> None:
        goals = {page.name: page.goal for page in todo} | {POST: POSTING}
        for name, row in self._done.rows.items():
            row.update(goals[name].judged(row, self._forum.database))

    def _look_inside(
        self, names: Sequence[str], more: dict[str, str], different: int | None = None
    ) -> None:
        """`different` requests of each page at most: the warm-ups must see all that are kept."""
        rows = [(name, self._done.rows[name]) for name in names if name in self._done.rows]
        if not rows:
            return
        with furnish.started({**self._forum.env, **more}) as app:
            for name, row in rows:
                made = [inside.environ(raw) for raw in self._done.requests[name][:different]]
                row.update(inside.look_inside(app, made))


def create_app_seconds(env: dict[str, str], times: int) -> dict[str, float]:
    """The best of some: importing everything, and create_app itself, in a fresh process."""
    found = [[float(part) for part in _printed(env).split()] for _ in range(times)]
    imports, creating = (min(column) for column in zip(*found, strict=True))
    return {"imports": round(imports, 3), "create_app": round(creating, 3)}


def _printed(env: dict[str, str]) -> str:
    command = [sys.executable, "-c", _CREATE]
    return subprocess.run(
        command, env=env, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
