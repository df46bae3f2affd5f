"""Which routes the tests reached: a view that no test runs fails the whole suite (`--whole`)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

REACHED: set[str] = set()
KNOWN: set[str] = set()


def watch(app: Flask) -> None:
    """Note every view function that runs in this app."""
    KNOWN.update(app.view_functions)
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _noting(endpoint, view)


def _noting(endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        REACHED.add(endpoint)
        return view(*args, **kwargs)

    return run


def unreached(known: set[str], reached: set[str]) -> list[str]:
    """One sentence per route that no test ran."""
    return [f"No test reaches the route {endpoint}." for endpoint in sorted(known - reached)]


class ReachedRoutes:
    """Adds up what the xdist workers saw and judges at the end of a whole run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        output = getattr(node, "workeroutput", {})
        REACHED.update(output.get("reached", ()))
        KNOWN.update(output.get("known", ()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output["reached"], output["known"] = sorted(REACHED), sorted(KNOWN)
        elif self.config.getoption("--whole") and unreached(KNOWN, REACHED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.config.getoption("--whole"):
            for sentence in unreached(KNOWN, REACHED):
                terminalreporter.write_line(sentence, red=True)
