"""Every route that changes something or costs much says how much of it there is."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.core.web.limits import Limits, limited, limits_of
from app.core.web.limits.budgets import Budget
from app.limits_table import table

SAFE = {"GET", "HEAD", "OPTIONS"}
#: What makes a page dear, wherever its module calls it: searching, rendering, comparing, hashing.
DEAR = {
    "engine",
    "redraw",
    "look_up",
    "find",
    "ask.answers",
    "render",
    "changed_lines",
    "hash_password",
}
#: Blueprints of which every page is the team's: accounts that the operator trusts, ten times as much.
STAFF = ("administration.", "desk.", "casework.", "knowledge_staff.", "superusers_staff.")
SPENDING = {"charge", "spend", "try_spend", "require_left"}


def unlimited(app: Flask) -> list[str]:
    """One sentence for each route that needs budgets and has none, or too few."""
    faults: list[str] = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        limits = limits_of(app, rule.endpoint)
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        changes = bool(set(rule.methods or ()) - SAFE)
        if limits is not None:
            faults += [f"{rule.endpoint}: {why}" for why in _too_few(rule.endpoint, limits)]
            faults += [f"{rule.endpoint}: {why}" for why in _never_spent(view, limits)]
        elif changes:
            faults.append(f"{rule.endpoint} changes something and has no @limited")
        elif dear := _dear_calls(view):
            faults.append(f"{rule.endpoint} calls {', '.join(dear)} and has no @limited")
    return faults


def _too_few(endpoint: str, limits: Limits) -> Iterator[str]:
    """Per account, per network and in all; what stands inside counts."""
    if endpoint.startswith(STAFF):
        return
    names = [one.name for one in limits.inside]
    if limits.network is None:
        yield "nothing bounds one network"
    if limits.total is None and not any(name.endswith("-all") for name in names):
        if endpoint != "health.readyz":  # kept for a moment, so many questions cost nothing
            yield "nothing bounds all together"


def _never_spent(view: Callable[..., Any], limits: Limits) -> Iterator[str]:
    """What stands inside must be spent in the view's module, or in the one it leaves that to."""
    module = inspect.getmodule(view)
    source = inspect.getsource(module) if module else ""
    for one in limits.inside:
        if isinstance(one, Limits) and f"charge({one.name.upper()})" not in source:
            yield f"promises {one.name} and never charges it"


def _dear_calls(view: Callable[..., Any]) -> list[str]:
    """What of DEAR the view calls, itself or through functions beside it."""
    module = inspect.getmodule(view)
    if module is None or not module.__name__.startswith("app."):
        return []
    tree = ast.parse(textwrap.dedent(inspect.getsource(module)))
    functions = {n.name: _calls(n) for n in tree.body if isinstance(n, ast.FunctionDef)}
    seen: set[str] = set()
    todo = [view.__name__]
    while todo:
        name = todo.pop()
        for call in functions.get(name, set()) - seen:
            seen.add(call)
            todo.append(call)
    return sorted(seen & DEAR)


def _calls(function: ast.FunctionDef) -> set[str]:
    """Names of what it calls; of a slot that it fills, the slot's name."""
    calls = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
    names = {ast.unparse(n.func) for n in calls}
    slots = {ast.literal_eval(n.args[0]) for n in calls if ast.unparse(n.func) == "slots.fill"}
    return names | slots


def test_every_unsafe_and_every_dear_route_has_budgets(app: Flask) -> None:
    assert unlimited(app) == []


def test_names_are_given_once(app: Flask) -> None:
    """Two budgets of one name with different amounts would count together."""
    amounts: dict[str, set[object]] = {}
    for view in app.view_functions.values():
        limits: Limits | None = getattr(view, "limits", None)
        for one in (limits, *limits.inside) if limits else ():
            figures = (
                (one.amount, one.seconds)
                if isinstance(one, Budget)
                else (one.account, one.network, one.total)
            )
            amounts.setdefault(one.name, set()).add(figures)
    assert {name: found for name, found in amounts.items() if len(found) > 1} == {}


def test_the_operators_table_has_every_limited_route(app: Flask) -> None:
    lines = table(app)
    assert "forum.post_answer" in lines
    assert "answering, account: 120 in 1 h" in lines["forum.post_answer"]
    assert "sign-in-account: 10 in 15 min" in lines["accounts.login_send"]


@pytest.mark.parametrize(
    "limits, fault",
    [
        (None, "planted changes something and has no @limited"),
        (Limits("planted", account=(1, 1)), "planted: nothing bounds one network"),
        (Limits("planted", network=(1, 1)), "planted: nothing bounds all together"),
        (
            Limits("p", network=(1, 1), total=(1, 1), inside=(Limits("never"),)),
            "planted: promises never and never charges it",
        ),
    ],
)
def test_a_planted_route_is_reported(app: Flask, limits: Limits | None, fault: str) -> None:
    def planted() -> str:
        return "done"

    view = limited(limits)(planted) if limits else planted
    app.add_url_rule("/planted", "planted", view, methods=["POST"])
    assert fault in unlimited(app)


def test_a_planted_dear_page_is_reported(app: Flask) -> None:
    del app.view_functions["forum.search"].limits  # type: ignore[attr-defined]
    assert "forum.search calls look_up and has no @limited" in unlimited(app)
