"""docs/security.md: every requirement is there, every test that it names exists, every id is known."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.house.tree import ROOT, modules

PAPER = "docs/security.md"
REQUIREMENTS = [f"S{number:02}" for number in range(1, 65)]
ROW = re.compile(r"^\| ([STR]-?\d\d) \| (.+?) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ID_IN_NAME = re.compile(r"test_([str])(\d\d)_")
REASONS = ("Does not apply: ", "Not yet built: ")


@cache
def known_tests(root: Path) -> frozenset[str]:
    return frozenset(
        f"{module.shown}::{node.name}"
        for module in modules(root, "tests")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing_rows(paper: str) -> list[str]:
    ids = [match[1] for match in ROW.finditer(paper)]
    twice = [f"{one} stands there twice" for one in sorted({i for i in ids if ids.count(i) > 1})]
    return [f"{one} is missing" for one in REQUIREMENTS if one not in ids] + twice


def unproven(paper: str, known: frozenset[str]) -> list[str]:
    """Rows with neither a test nor a reason, and tests that are not there."""
    faults = []
    for match in ROW.finditer(paper):
        named = [f"{file}::{name}" for file, name in NAMED.findall(match[3])]
        faults += [f"{match[1]} names {test}, which does not exist" for test in named
                   if test not in known]  # fmt: skip
        if not named and not match[3].startswith(REASONS):
            faults.append(f"{match[1]} has neither a test nor a reason")
    return faults


def unknown_ids(paper: str, known: frozenset[str]) -> list[str]:
    """Tests whose name carries an id that has no row with a test."""
    rows = {match[1] for match in ROW.finditer(paper) if NAMED.search(match[3])}
    faults = []
    for test in sorted(known):
        found = ID_IN_NAME.search(test)
        if found:
            one = f"S{found[2]}" if found[1] == "s" else f"{found[1].upper()}-{found[2]}"
            if one not in rows:
                faults.append(f"{test}: {one} has no row with a test in {PAPER}")
    return faults


def test_every_requirement_has_its_row_and_every_row_its_test():
    paper = (ROOT / PAPER).read_text("utf-8")
    assert missing_rows(paper) == []
    assert unproven(paper, known_tests(ROOT)) == []
    assert unknown_ids(paper, known_tests(ROOT)) == []


def test_planted_gaps_are_reported():
    paper = "\n".join(f"| {one} | x | Does not apply: x |" for one in REQUIREMENTS[1:])
    assert missing_rows(paper) == ["S01 is missing"]
    assert missing_rows(f"{paper}\n| S02 | x | y |") == ["S01 is missing", "S02 stands there twice"]
    paper = (
        "| S01 | x | `tests/a.py::test_b` |\n| S02 | x | soon |\n| T-05 | x | Not yet built: x |"
    )
    assert unproven(paper, frozenset()) == [
        "S01 names tests/a.py::test_b, which does not exist",
        "S02 has neither a test nor a reason",
    ]
    assert unknown_ids(paper, frozenset({"tests/a.py::test_t05_x", "tests/a.py::test_s01_x"})) == [
        "tests/a.py::test_t05_x: T-05 has no row with a test in docs/security.md"
    ]
