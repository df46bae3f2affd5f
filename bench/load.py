"""The client, in a process of its own: keep-alive connections, one request at a time on each.

Plain sockets and a parser of a few lines, because on two processors whatever the client burns is
missing at the server. Reads jobs as JSON lines on standard input, answers with one line each.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_SECONDS = 30.0
BODILESS = (204, 304)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Phase:
    """Send until `seconds` are over and at least `least` answers are there; at most `most`."""

    connections: int
    seconds: float
    least: int = 1
    most: int = 1_000_000


@dataclass(frozen=True)
class Answers:
    """What came back. Times in ms from the first byte sent to the last byte received."""

    count: int
    seconds: float
    p50: float
    p95: float
    bytes: float
    statuses: dict[str, int]

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


class Client:
    """The client's process, for as long as the `with` block lasts."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(TIMEOUT_SECONDS)
        self._process.stdout.close()

    def send(self, port: int, requests: Sequence[str], phase: Phase) -> Answers:
        """Send the raw requests in turn, beginning anew when all were sent."""
        assert self._process.stdin
        assert self._process.stdout
        job = {"port": port, "requests": list(requests), "phase": asdict(phase)}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The client ended; its messages stand above.")
        return Answers(**json.loads(line))


class _Connection:
    """One socket; `receive` returns (status, body bytes) once the whole answer is there."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._got = b""

    def send(self, request: bytes) -> None:
        self._got = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, int] | None:
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("The server closed a connection in the middle of an answer.")
        self._got += part
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return None
        status = int(self._got[9:12])
        length = 0 if status in BODILESS else self._length(end)
        return (status, length) if len(self._got) - end - 4 >= length else None

    def _length(self, end: int) -> int:
        found = _LENGTH.search(self._got, 0, end + 2)
        if found is None:
            raise ValueError(
                "An answer has no Content-Length: " + self._got[:end].decode("latin-1")
            )
        return int(found[1])


def run(port: int, requests: Sequence[bytes], phase: Phase) -> Answers:
    """Send from this process; see Client.send."""
    selector = selectors.DefaultSelector()
    connections = [_Connection(port) for _ in range(phase.connections)]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    size = sent = 0
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    begin = time.perf_counter()
    end = begin + phase.seconds
    for connection in connections[: phase.most]:
        connection.send(requests[sent % len(requests)])
        sent += 1
    while len(times) < sent:
        for key, _events in selector.select(TIMEOUT_SECONDS):
            answer = key.data.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            times.append(now - key.data.sent_at)
            statuses[answer[0]] += 1
            size += answer[1]
            if sent < phase.most and (now < end or sent < phase.least):
                key.data.send(requests[sent % len(requests)])
                sent += 1
    seconds = time.perf_counter() - begin
    for connection in connections:
        connection.socket.close()
    times.sort()
    return Answers(
        count=len(times),
        seconds=seconds,
        p50=_percentile(times, 50),
        p95=_percentile(times, 95),
        bytes=size / len(times),
        statuses={str(status): count for status, count in statuses.items()},
    )


def raw_request(
    port: int, path: str, *, cookie: str = "", headers: str = "", form: str = ""
) -> str:
    """A request as a browser sends it; with a form it is a POST. `headers` end in CRLF each."""
    method = "POST" if form else "GET"
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        "Accept-Language: de,en;q=0.5",
        "Accept-Encoding: gzip",
        *([f"Cookie: {cookie}"] if cookie else []),
        *headers.split("\r\n")[:-1],
    ]
    if form:
        lines += [
            f"Origin: http://127.0.0.1:{port}",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(form)}",
        ]
    return "\r\n".join([*lines, "", form])


def _percentile(times: Sequence[float], percent: int) -> float:
    """In ms, of sorted seconds."""
    return times[min(len(times) - 1, len(times) * percent // 100)] * 1000


def main() -> None:
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        requests = [request.encode("latin-1") for request in job["requests"]]
        answers = run(job["port"], requests, Phase(**job["phase"]))
        sys.stdout.write(json.dumps(asdict(answers)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
