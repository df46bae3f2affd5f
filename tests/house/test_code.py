"""Size and taste of the code: short files, one clock, good secrets, tests that assert something."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import PLANTED, ROOT, Module, dotted, modules

MAX_LINES = 300
SIZED = {".py", ".js", ".mjs", ".css", ".html", ".txt"}
SIZED_FOLDERS = ("app", "bench", "tests", "scripts", "static/css", "static/js", "migrations/env.py")
TIMES = re.compile(
    r"(?:^|\.)(?:utcnow|utcfromtimestamp|today|localtime)$|^datetime\.(datetime\.)?now$"
)
GUESSABLE = {"uuid1", "uuid.uuid1", "uuid3", "uuid.uuid3"}
#: Chance that is no secret, each with its reason.
MAY_GUESS = {"app/core/jobs": "back-off with jitter", "app/core/db.py": "back-off with jitter"}


def too_long(root: Path) -> list[str]:
    faults: list[str] = []
    for folder in SIZED_FOLDERS:
        place = root / folder
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if (
                path.suffix not in SIZED
                or not path.is_file()
                or "planted" in path.parts[len(root.parts) :]
            ):
                continue
            lines = path.read_text("utf-8").count("\n")
            if lines > MAX_LINES:
                faults.append(
                    f"{path.relative_to(root)}: {lines} lines; at 300 it becomes a folder"
                )
    return faults


def other_clocks(root: Path) -> list[str]:
    return [
        f"{module.shown}:{node.lineno}: {name}(); the time comes from clock.now()"
        for module in modules(root)
        if module.name != "app.core.clock"
        for name, node in module.calls()
        if TIMES.search(name) or name == "time.time"
    ]


def guessable(root: Path) -> list[str]:
    """Secrets come from `secrets`; random numbers and clock-made ids can be guessed."""
    faults: list[str] = []
    for module in modules(root):
        for target, line in module.imports():
            if target == "random" and not any(module.shown.startswith(p) for p in MAY_GUESS):
                faults.append(f"{module.shown}:{line}: imports random; secrets come from secrets")
        for name, node in module.calls():
            if name in GUESSABLE:
                faults.append(f"{module.shown}:{node.lineno}: {name}() can be guessed")
    return faults


def swallowed(root: Path) -> list[str]:
    """A bare except, or one that catches everything and does nothing."""
    faults: list[str] = []
    for module in modules(root):
        for node in module.nodes:
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or dotted(node.type) in ("Exception", "BaseException")
            idle = all(isinstance(s, ast.Pass | ast.Continue) for s in node.body)
            if node.type is None or (broad and idle):
                faults.append(f"{module.shown}:{node.lineno}: swallows every error")
    return faults


def undescribed(root: Path) -> list[str]:
    return [
        f"{module.shown}: has no docstring that says what lives here"
        for module in modules(root)
        if module.source.strip() and not ast.get_docstring(module.tree)
    ]


def asserting_nothing(root: Path) -> list[str]:
    faults: list[str] = []
    for module in modules(root, "tests"):
        functions = [n for n in module.nodes if isinstance(n, ast.FunctionDef)]
        asserting = {f.name for f in functions if _asserts(f)}
        faults += [
            f"{module.shown}:{test.lineno}: {test.name} asserts nothing"
            for test in functions
            if test.name.startswith("test_")
            and module.path.name.startswith("test_")
            and test.name not in asserting
            and not _calls(test) & asserting
            and not any(_is_checker(name) for name in _calls(test))
        ]
    return faults


def _asserts(function: ast.FunctionDef) -> bool:
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    return bool(_calls(function) & {"pytest.raises", "pytest.warns", "expect", "pytest.fail"})


def _is_checker(name: str) -> bool:
    return name.rsplit(".", 1)[-1].startswith(("assert_", "expect_"))


def _calls(function: ast.FunctionDef) -> set[str]:
    return {dotted(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)}


def test_files_are_short():
    assert too_long(ROOT) == []


def test_there_is_one_clock():
    assert other_clocks(ROOT) == []


def test_secrets_are_secret():
    assert guessable(ROOT) == []


def test_no_error_is_swallowed():
    assert swallowed(ROOT) == []


def test_every_module_says_what_lives_there():
    assert undescribed(ROOT) == []


def test_every_test_asserts_something():
    assert asserting_nothing(ROOT) == []


def test_planted_faults_are_reported(tmp_path):
    root = PLANTED / "code"
    here = "app/forum.py"
    assert other_clocks(root) == [
        f"{here}:8: datetime.now(); the time comes from clock.now()",
        f"{here}:8: datetime.datetime.utcnow(); the time comes from clock.now()",
        f"{here}:9: time.time(); the time comes from clock.now()",
    ]
    assert guessable(root) == [
        f"{here}:2: imports random; secrets come from secrets",
        f"{here}:10: uuid.uuid1() can be guessed",
    ]
    assert swallowed(root) == [
        f"{here}:13: swallows every error",
        f"{here}:17: swallows every error",
    ]
    assert undescribed(root) == [f"{here}: has no docstring that says what lives here"]
    assert asserting_nothing(root) == ["tests/test_idle.py:4: test_idle asserts nothing"]


def test_a_planted_long_file_is_reported(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "long.py").write_text("x = 1\n" * 301)
    (tmp_path / "app" / "short.py").write_text("x = 1\n" * 300)
    assert too_long(tmp_path) == ["app/long.py: 301 lines; at 300 it becomes a folder"]


def test_the_tree_reader_knows_rooms_and_packages():
    module = Module(ROOT / "app/forum/models.py", ROOT)
    assert (module.name, module.package, module.room) == ("app.forum.models", "forum", "models")
