"""Reading a source tree for the guards: modules, their imports, and where things stand.

A guard takes the folder that holds `app/` and returns one sentence per fault, so that the same
guard runs on our tree (no fault) and on a sample in planted/ (it must report).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLANTED = Path(__file__).resolve().parent / "planted"
FEATURES = (
    "accounts",
    "forum",
    "superusers",
    "moderation",
    "knowledge",
    "notifications",
    "desk",
    "insights",
    "administration",
)


@dataclass(frozen=True)
class Module:
    """One Python file. `name` is dotted; a package's `__init__` has the package's name."""

    path: Path
    root: Path

    @cached_property
    def name(self) -> str:
        parts = list(self.path.relative_to(self.root).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def source(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, str(self.path))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def shown(self) -> str:
        return str(self.path.relative_to(self.root))

    @property
    def package(self) -> str:
        """core, a feature, or "" for what stands above them all (wiring, cli, create_app …)."""
        parts = self.name.split(".")
        return _package(parts)

    @property
    def room(self) -> str:
        """The room of a feature, e.g. queries for app/forum/queries/posts.py; "" elsewhere."""
        parts = self.name.split(".")
        return parts[2] if self.package in FEATURES and len(parts) > 2 else ""

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every module of ours that this one imports, anywhere in the file, with its line."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield from ((self._target(node, a.name), node.lineno) for a in node.names)

    def _target(self, node: ast.ImportFrom, name: str) -> str:
        """`from app.forum import actions` means the module app.forum.actions, if there is one."""
        inner = f"{node.module}.{name}"
        place = self.root.joinpath(*inner.split("."))
        is_module = place.is_dir() or place.with_suffix(".py").exists()
        return inner if is_module else str(node.module)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with its dotted name as written, e.g. ("db.session.add", node)."""
        yield from self._calls

    @cached_property
    def _calls(self) -> list[tuple[str, ast.Call]]:
        nodes = [node for node in self.nodes if isinstance(node, ast.Call)]
        nodes.sort(key=lambda n: (n.lineno, n.col_offset))
        return [(dotted(node.func), node) for node in nodes]


def _package(parts: list[str]) -> str:
    if parts[:2] == ["app", "config"]:
        return "core"  # core.web reads the limits from it; it knows core.files alone
    second = parts[1] if len(parts) > 1 else ""
    return second if second in ("core", *FEATURES) else ""


def package_of(name: str) -> str:
    return _package(name.split("."))


def room_of(name: str) -> str:
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[1] in FEATURES else ""


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


@cache
def modules(root: Path, *folders: str) -> list[Module]:
    """Every Python file below `app/` (or these folders), in a stable order; read once per run."""
    found: list[Path] = []
    for folder in folders or ("app",):
        found += sorted((root / folder).rglob("*.py"))
    return [Module(path, root) for path in found if "planted" not in path.relative_to(root).parts]


def templates(root: Path) -> list[Path]:
    folder = root / "app" / "templates"
    return sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".txt", ".xml"))


def line_of(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
