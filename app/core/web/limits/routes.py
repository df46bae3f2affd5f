"""Every route that costs something says how much of it there is; asked after its policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from app.config import Config
from app.core.web.limits.budgets import Limits
from app.core.web.limits.spending import charge, init_counters, say_when

View = TypeVar("View", bound=Callable[..., Any])


def init_limits(app: Flask, config: Config) -> None:
    init_counters(app, config)
    app.before_request(_charge_route)
    app.after_request(say_when)


def limited(limits: Limits) -> Callable[[View], View]:
    """Declare what a view may use up. Stands beside @policy; counts every request that passed it."""

    def mark(view: View) -> View:
        view.limits = limits  # type: ignore[attr-defined]
        return view

    return mark


def limits_of(app: Flask, endpoint: str) -> Limits | None:
    return getattr(app.view_functions[endpoint], "limits", None)


def _charge_route() -> None:
    if request.endpoint is None or request.method == "OPTIONS":
        return
    limits = limits_of(current_app, request.endpoint)
    if limits is not None:
        charge(limits)
