"""Runs claimed jobs: effect and "done" together, and what follows when one fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog
from flask import Flask

from app.core.db import db, transaction
from app.core.errors import Unavailable
from app.core.jobs import rows
from app.core.jobs.calls import LANES, Arguments, Call, GiveUp, Lane, lane_of
from app.core.jobs.rows import MAX_TRIES, Claim, LostClaim, Names

log = structlog.get_logger()

BATCH_SIZE = 500


class Runner:
    """Shared by all lanes of a process. Every job gets an app context, so a session, of its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._calls: Mapping[str, Call] = app.extensions["helferkreis.jobs"]
        self._lock = threading.Lock()
        self._running: dict[int, Claim] = {}
        self.ended = 0
        self.failed = 0

    def run_next(self, lane: Lane) -> bool:
        """Run the next due job (or batch) of a lane; False when there is none."""
        if lane == "batch":
            return any(self._run_batch(name) for name in self._names("batch"))
        claims = self._claim(self._of(lane))
        for claimed in claims:
            self._run_held(claimed)
        return bool(claims)

    def drain(self) -> None:
        """Run in this thread whatever is due, and what becomes due from it."""
        while any(self.run_next(lane) for lane in LANES):
            pass

    def renew(self) -> None:
        """Extend the leases of everything that runs in this process."""
        with self._lock:
            running = list(self._running.values())
        if running:
            with self._app.app_context():
                rows.renew(running)

    def _claim(self, names: Names, limit: int = 1) -> list[Claim]:
        with self._app.app_context():
            return rows.claim(names, limit=limit)

    def _run_held(self, claimed: Claim) -> None:
        with self._holding([claimed]), self._app.app_context():
            self._run(claimed)

    def _run(self, claimed: Claim) -> None:
        call = self._calls.get(claimed.name)
        try:
            if call is None:
                raise GiveUp("This version of the forum knows no such job.")
            if claimed.tries > MAX_TRIES:
                raise GiveUp(f"It was begun {MAX_TRIES} times and never ended.")
            _carry_out(call, claimed)
        except LostClaim:
            log.warning("job_lost", job=claimed.id, name=claimed.name)
        except Exception as error:  # stored on the row, and tried again
            self._fail(claimed, error)
        else:
            self._count(1)

    def _run_batch(self, name: str) -> bool:
        claims = self._claim(Names([name]), BATCH_SIZE)
        if claims:
            with self._holding(claims), self._app.app_context():
                self._run_together(claims)
        return bool(claims)

    def _run_together(self, claims: Sequence[Claim]) -> None:
        fresh = [claimed for claimed in claims if claimed.tries <= MAX_TRIES]
        try:
            _carry_out_batch(self._calls[claims[0].name], fresh)
        except (LostClaim, Unavailable) as error:
            for claimed in fresh:
                self._fail(claimed, error)
        except Exception as error:  # one of them is bad: find out which
            log.warning("batch_failed", name=claims[0].name, jobs=len(fresh), error=_kind(error))
            for claimed in fresh:
                self._run(claimed)
        else:
            self._count(len(fresh))
        for claimed in claims:
            if claimed not in fresh:
                self._run(claimed)

    def _fail(self, claimed: Claim, error: Exception) -> None:
        """The row keeps the whole error; the log only its kind, for a message may name people."""
        final = isinstance(error, GiveUp) or claimed.tries >= MAX_TRIES
        log.warning(
            "job_failed" if final else "job_will_be_tried_again",
            job=claimed.id,
            name=claimed.name,
            tries=claimed.tries,
            error=_kind(error),
        )
        db.session.rollback()
        text = f"{_kind(error)}: {error}"
        if final:
            rows.give_up(claimed, text)
        else:
            rows.try_again(claimed, text)
        self._count(1, failed=final)

    def _count(self, jobs: int, *, failed: bool = False) -> None:
        with self._lock:
            self.ended += jobs
            self.failed += failed

    @contextmanager
    def _holding(self, claims: Sequence[Claim]) -> Iterator[None]:
        with self._lock:
            self._running.update({claimed.id: claimed for claimed in claims})
        try:
            yield
        finally:
            with self._lock:
                for claimed in claims:
                    self._running.pop(claimed.id, None)

    def _names(self, lane: Lane) -> list[str]:
        return [name for name, call in self._calls.items() if lane_of(call) == lane]

    def _of(self, lane: Lane) -> Names:
        """The inside lane also takes names that nobody knows any more, to fail them visibly."""
        if lane == "inside":
            return Names(self._names("outside") + self._names("batch"), others=True)
        return Names(self._names(lane))


def _carry_out(call: Call, claimed: Claim) -> None:
    lane = lane_of(call)
    if lane == "batch":
        _carry_out_batch(call, [claimed])
    elif lane == "outside":
        call(**claimed.arguments)
        with transaction():
            rows.finish([claimed])
    else:
        with transaction():
            rows.finish([claimed])
            call(**claimed.arguments)


def _carry_out_batch(call: Call, claims: Sequence[Claim]) -> None:
    if claims:
        call(_unique([claimed.arguments for claimed in claims]))
        with transaction():
            rows.finish(claims)


def _unique(arguments: Sequence[Arguments]) -> list[Arguments]:
    seen: list[Arguments] = []
    known: set[str] = set()
    for one in arguments:
        key = repr(sorted(one.items()))
        if key not in known:
            known.add(key)
            seen.append(one)
    return seen


def _kind(error: Exception) -> str:
    return type(error).__name__
