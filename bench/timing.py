"""What a page costs through HTTP: throughput and CPU when busy, latency when alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.load import Answers, Client, Phase
from bench.server import Server, children, cpu_seconds
from tests.postgres import Cluster

LOPSIDED = 0.15  # a worker that did less than this share of the work was left out by chance
RETRIES = 3


@dataclass(frozen=True)
class Pace:
    """How long each page is asked for, in seconds, and how many answers are posted."""

    busy: float = 1.0
    alone: float = 0.5
    least: int = 40
    answers: int = 240
    connections: int = 8
    workers: int = 2
    threads: int = 4


class Timing:
    """One client at one running server; `cluster` is the database's, where it is PostgreSQL."""

    def __init__(self, client: Client, server: Server, cluster: Cluster | None, pace: Pace) -> None:
        self._client = client
        self._server = server
        self._cluster = cluster
        self._pace = pace

    def measure(self, requests: Sequence[str], status: int = 200) -> dict[str, Any]:
        """Send the requests in turn, again and again."""
        pace = self._pace
        warm = Phase(pace.connections, pace.busy / 3, least=2 * len(requests))
        for _ in range(RETRIES):
            _answers, cpu = self._timed(requests, warm)
            if min(cpu) >= LOPSIDED * sum(cpu):
                break
        busy = Phase(pace.connections, pace.busy, least=pace.least)
        alone = Phase(1, pace.alone, least=pace.least)
        return self._figures((requests, busy), (requests, alone), status)

    def measure_each_once(self, requests: Sequence[str], status: int) -> dict[str, Any]:
        """Send each request once: a quarter to warm up, half of them busy, a quarter alone."""
        part = len(requests) // 4
        warm, busy, alone = requests[:part], requests[part:-part], requests[-part:]
        self._timed(warm, self._all_of(warm))
        return self._figures(
            (busy, self._all_of(busy)), (alone, self._all_of(alone, connections=1)), status
        )

    def _all_of(self, requests: Sequence[str], connections: int = 0) -> Phase:
        count = len(requests)
        return Phase(connections or self._pace.connections, 0, least=count, most=count)

    def _figures(
        self,
        many: tuple[Sequence[str], Phase],
        few: tuple[Sequence[str], Phase],
        status: int,
    ) -> dict[str, Any]:
        database = self._database_cpu()
        busy, cpu = self._timed(*many)
        database = self._database_cpu() - database
        alone, _cpu = self._timed(*few)
        return {
            "per_second": round(busy.per_second, 1),
            "cpu_ms": round(sum(cpu) / busy.count * 1000, 3),
            "database_cpu_ms": round(database / busy.count * 1000, 3) if self._cluster else None,
            "p50_ms": round(alone.p50, 2),
            "p95_ms": round(alone.p95, 2),
            "busy_p95_ms": round(busy.p95, 2),
            "bytes": round(busy.bytes),
            "requests": busy.count + alone.count,
            "faults": _other_than(status, busy, alone),
        }

    def _timed(self, requests: Sequence[str], phase: Phase) -> tuple[Answers, list[float]]:
        """The answers, and the CPU seconds that each worker took for them."""
        workers = self._server.workers()
        before = [cpu_seconds([pid]) for pid in workers]
        answers = self._client.send(self._server.port, requests, phase)
        return answers, [cpu_seconds([pid]) - was for pid, was in zip(workers, before, strict=True)]

    def _database_cpu(self) -> float:
        return cpu_seconds(children(self._cluster.process.pid)) if self._cluster else 0.0


def _other_than(status: int, *answers: Answers) -> dict[str, int]:
    """Answers that are not what was asked for: their figures would be those of an error page."""
    faults: dict[str, int] = {}
    for part in answers:
        for found, count in part.statuses.items():
            if found != str(status):
                faults[found] = faults.get(found, 0) + count
    return faults
