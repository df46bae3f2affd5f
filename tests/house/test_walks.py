"""docs/walks.md: what it names is there, and its hops are counted rightly."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, line_of

PAPER = "docs/walks.md"
#: A file, and after the arrow what to read in it.
HOP = re.compile(r"`(app/[\w/]+\.py)`(?:\s+→\s+(`[\w.]+`(?:,\s+`[\w.]+`)*))?")
WALK = re.compile(r"^## \d+\. .+: (\d+) hops(?:, (\d+) behind)?$", re.MULTILINE)
BEHIND = "\n- Behind it: "
MOST_LINES = 120


def lost(root: Path, paper: str) -> list[str]:
    """Files that are not there, and names that are not defined in them."""
    faults: list[str] = []
    for hop in HOP.finditer(paper):
        where, path = f"{PAPER}:{line_of(paper, hop.start())}", root / hop[1]
        if not path.is_file():
            faults.append(f"{where}: {hop[1]} does not exist")
            continue
        names = re.findall(r"`([\w.]+)`", hop[2] or "")
        if not names:
            faults.append(f"{where}: {hop[1]} stands there without a name to read")
        known = set(_defined(ast.parse(path.read_text("utf-8"))))
        faults += [f"{where}: {hop[1]} defines no {name}" for name in names if name not in known]
    return faults


def _defined(module: ast.Module) -> Iterator[str]:
    """Functions, classes with their methods, and tables such as HANDLERS; nothing imported."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            yield from (f"{node.name}.{one.name}" for one in methods)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


def miscounted(paper: str) -> list[str]:
    """Headings whose figures are not those of the files below them."""
    faults: list[str] = []
    for walk in WALK.finditer(paper):
        body = paper[walk.end() :].split("\n## ")[0]
        counts = [len({hop[1] for hop in HOP.finditer(part)}) for part in _parts(body)]
        if counts != [int(walk[1]), int(walk[2] or 0)]:
            faults.append(f"{walk[0][3:]}: there are {counts[0]} and {counts[1]}")
    return faults


def _parts(body: str) -> tuple[str, str]:
    request, _, behind = body.partition(BEHIND)
    return request, behind


def test_walks_lead_somewhere():
    paper = (ROOT / PAPER).read_text("utf-8")
    assert lost(ROOT, paper) == []
    assert miscounted(paper) == []
    assert paper.count("\n") <= MOST_LINES


def test_every_walk_is_counted():
    paper = (ROOT / PAPER).read_text("utf-8")
    numbered = re.findall(r"^## \d+\.", paper, re.MULTILINE)
    assert len(numbered) == len(WALK.findall(paper)) == 10


def test_planted_hops_are_reported(tmp_path: Path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app/door.py").write_text(
        "from app.yard import fly\nTABLE: dict = {}\ndef open_(): ...\nclass Door:\n"
        "    def close(self): ...\n"
    )
    paper = (
        "## 1. Somebody comes in: 2 hops, 1 behind\n"
        "- `app/door.py` → `open_`, `Door.close`,\n  `TABLE` · `app/door.py` →\n  `fly`\n"
        "- Behind it: `app/cellar.py` → `dig` · `app/door.py`\n"
    )
    assert lost(tmp_path, paper) == [
        "docs/walks.md:3: app/door.py defines no fly",
        "docs/walks.md:5: app/cellar.py does not exist",
        "docs/walks.md:5: app/door.py stands there without a name to read",
    ]
    assert miscounted(paper) == ["1. Somebody comes in: 2 hops, 1 behind: there are 1 and 2"]
