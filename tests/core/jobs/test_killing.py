"""R-09: a worker that is killed at any moment loses no job and does none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import transaction
from app.core.jobs import enqueue, rows
from tests.core.jobs import calls_for_tests as calls

ROOT = Path(__file__).resolve().parents[3]
KILLS = 10
JOBS = 40


def kill_workers(environment: dict[str, str], how: str) -> list[int]:
    """The numbers that were noted while JOBS were done by workers that were killed KILLS times."""
    with transaction():
        for number in range(JOBS):
            enqueue(calls.note, number=number)
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.jobs.killable", how, str(KILLS)],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == KILLS
    return calls.notes()


@pytest.mark.slow
def test_r09_every_job_is_done_once_though_workers_are_killed(
    app: Flask, environment: dict[str, str]
) -> None:
    assert kill_workers(environment, "careful") == list(range(JOBS))
    assert rows.count_open() == 0


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_r09_a_worker_that_commits_the_effect_first_is_caught(
    app: Flask, environment: dict[str, str]
) -> None:
    noted = kill_workers(environment, "careless")
    assert sorted(set(noted)) == list(range(JOBS))
    assert len(noted) > JOBS
