"""select() stands in queries only; writing happens where transaction() is opened."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import FEATURES, PLANTED, ROOT, Module, dotted, modules

#: Rooms of features that may also ask the database, each with its reason.
MAY_SELECT = {
    "app/forum/archive": "the import compares a file with what is there, row by row, in bulk",
    "app/forum/recount": "proves the counters by counting anew",
    "app/accounts/recount": "proves the counters by counting anew",
}
ENTRIES = {"transaction", "once"}


def selects(root: Path) -> list[str]:
    faults: list[str] = []
    for module in modules(root):
        if module.package not in FEATURES or module.room == "queries" or _excepted(module):
            continue
        faults += [
            f"{module.shown}:{node.lineno}: {name}() belongs into queries"
            for name, node in module.calls()
            if name in {"select", "db.select", "db.session.query"}
        ]
    return faults


def _excepted(module: Module) -> bool:
    return any(module.shown.startswith(place) for place in MAY_SELECT)


def committing(root: Path) -> list[str]:
    """Only core.db ends a transaction, and actions, rules and queries never begin one."""
    faults: list[str] = []
    for module in modules(root):
        for name, node in module.calls():
            if name.endswith("session.commit") and module.name != "app.core.db":
                faults.append(f"{module.shown}:{node.lineno}: commits; only transaction() does")
            if name in ENTRIES and module.room in ("actions", "rules", "queries", "models"):
                faults.append(f"{module.shown}:{node.lineno}: {module.room} opens {name}()")
    return faults


def writing_gets(root: Path) -> list[str]:
    """Views of GET routes that open a transaction, themselves or through a function beside them."""
    faults: list[str] = []
    for module in modules(root):
        if module.room not in ("views", "api") and module.package in FEATURES:
            continue
        functions = {n.name: n for n in module.tree.body if isinstance(n, ast.FunctionDef)}
        writers = _writers(functions)
        faults += [
            f"{module.shown}:{view.lineno}: {name} answers GET and opens a transaction"
            for name, view in functions.items()
            if _answers_get(view) and name in writers
        ]
    return faults


def _writers(functions: dict[str, ast.FunctionDef]) -> set[str]:
    called = {name: _called(function) for name, function in functions.items()}
    writers = {name for name, calls in called.items() if calls & ENTRIES}
    while True:
        more = {name for name, calls in called.items() if calls & writers} - writers
        if not more:
            return writers
        writers |= more


def _called(function: ast.FunctionDef) -> set[str]:
    return {dotted(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)}


def _answers_get(view: ast.FunctionDef) -> bool:
    for decorator in view.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        verb = dotted(decorator.func).rsplit(".", 1)[-1]
        methods = [k.value for k in decorator.keywords if k.arg == "methods"]
        if verb == "get" or (verb == "route" and (not methods or "GET" in ast.dump(methods[0]))):
            return True
    return False


def test_only_queries_select():
    assert selects(ROOT) == []


def test_only_entry_points_write():
    assert committing(ROOT) == []


def test_no_get_view_opens_a_transaction():
    assert writing_gets(ROOT) == []


def test_planted_faults_are_reported():
    root = PLANTED / "queries"
    assert selects(root) == [
        "app/forum/actions.py:6: select() belongs into queries",
        "app/forum/actions.py:7: db.session.query() belongs into queries",
    ]
    assert committing(root) == [
        "app/forum/actions.py:5: actions opens transaction()",
        "app/forum/actions.py:8: commits; only transaction() does",
    ]
    assert writing_gets(root) == [
        "app/forum/views.py:6: seen answers GET and opens a transaction",
        "app/forum/views.py:11: both answers GET and opens a transaction",
    ]
