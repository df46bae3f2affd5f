"""huey carries wake-ups from the web to the worker; it may vanish at any time without loss."""

from __future__ import annotations


def wake(job_id: int) -> None:
    """Tell the worker that a job waits. A lost wake-up costs the sweep's half second, no more."""
