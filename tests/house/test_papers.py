"""README, docs, decisions and lock files: the commands exist, the links lead somewhere, no traces."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection
from pathlib import Path

from flask import Flask

from tests.house.tree import PLANTED, ROOT, line_of

TARGET = re.compile(r"^([a-z][\w-]*(?: [a-z][\w-]*)*):(?!=)", re.MULTILINE)
MAKE = re.compile(r"(?<![\w-])make ([a-z][a-z-]*)")
FLASK = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?flask (?:--app \w+ )?([a-z][a-z-]*)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
#: Folders of one machine: nothing of ours names where it was written.
MACHINE = re.compile(r"/(?:work|root|home/\w+|Users/\w+|opt/wheels)/|\.py[e]nv|[A-Z]:\\Users")
REGISTRY = re.compile(r"--(?:extra-)?index-url|--find-links|\"resolved\":|registry\.npmjs|@ file:")
DECISION = re.compile(r"\d{4}-\d{2}-\d{2}")
DECISION_LINES = 30
#: What other words may follow "make" in prose.
PROSE = {"sure", "it", "the", "a", "an", "them", "this", "that", "up", "and"}


def papers(root: Path) -> list[Path]:
    return [
        p
        for p in [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]
        if p.exists()
    ]


def unknown_commands(root: Path, commands: Collection[str]) -> list[str]:
    """`make x` and `flask … y` in our papers that do not exist."""
    targets = set(" ".join(TARGET.findall((root / "Makefile").read_text("utf-8"))).split())
    faults: list[str] = []
    for path in papers(root):
        source = path.read_text("utf-8")
        for hit in MAKE.finditer(source):
            if hit[1] not in targets | PROSE:
                faults.append(f"{_place(root, path, source, hit)}: there is no make {hit[1]}")
        for hit in FLASK.finditer(source):
            if hit[1] not in commands:
                faults.append(f"{_place(root, path, source, hit)}: there is no flask {hit[1]}")
    return faults


def dead_links(root: Path) -> list[str]:
    faults: list[str] = []
    for path in papers(root):
        source = path.read_text("utf-8")
        for hit in LINK.finditer(source):
            if not (path.parent / hit[1]).exists():
                faults.append(f"{_place(root, path, source, hit)}: {hit[1]} does not exist")
    return faults


def _place(root: Path, path: Path, source: str, hit: re.Match[str]) -> str:
    return f"{path.relative_to(root)}:{line_of(source, hit.start())}"


def bad_decisions(root: Path) -> list[str]:
    """A decision is short: a title, a date, the choice, the reason, what would change our mind."""
    faults: list[str] = []
    listed = _list_of_decisions(root)
    for path in sorted((root / "docs" / "decisions").glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        missing = []
        if f"- [{text[2:].partition(chr(10))[0]}]({path.name})\n" not in listed:
            missing.append("its line in README.md")
        if not text.startswith("# "):
            missing.append("a title in the first line")
        if not DECISION.search(text):
            missing.append("a date")
        if "change our mind" not in text.lower():
            missing.append("“what would change our mind”")
        if text.count("\n") > DECISION_LINES:
            missing.append("brevity")
        faults += [f"docs/decisions/{path.name}: lacks {what}" for what in missing]
    return faults


def _list_of_decisions(root: Path) -> str:
    path = root / "docs" / "decisions" / "README.md"
    return path.read_text("utf-8") if path.exists() else ""


def traces(root: Path, files: Collection[str]) -> list[str]:
    """Paths of one machine and addresses of registries."""
    faults: list[str] = []
    for name in sorted(files):
        path = root / name
        if "planted" in path.parts[len(root.parts) :] or not path.is_file():
            continue
        try:
            source = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        patterns = [MACHINE] + ([REGISTRY] if name.endswith((".lock", "-lock.json")) else [])
        for pattern in patterns:
            faults += [
                f"{name}:{line_of(source, h.start())}: {h[0]}" for h in pattern.finditer(source)
            ]
    return faults


def _tracked(root: Path) -> list[str]:
    """Our files: what git would commit, or everything where there is no git (an unpacked archive)."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if listed.returncode == 0:
        return listed.stdout.splitlines()
    return [
        str(p.relative_to(root)) for f in ("app", "docs", "tests") for p in (root / f).rglob("*")
    ]


def test_commands_in_our_papers_exist(app: Flask):
    assert unknown_commands(ROOT, app.cli.list_commands(None)) == []  # type: ignore[arg-type]


def test_links_in_our_papers_lead_somewhere():
    assert dead_links(ROOT) == []


def test_decisions_have_their_form():
    assert bad_decisions(ROOT) == []


def test_no_machine_left_its_traces():
    files = _tracked(ROOT)
    assert "pyproject.toml" in files or "app/__init__.py" in files
    assert traces(ROOT, files) == []


def test_env_example_names_every_setting():
    read = set(re.findall(r"\"([A-Z][A-Z_]{3,})\"", (ROOT / "app/config.py").read_text("utf-8")))
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.M))
    assert example == read | {"HELFERKREIS_TEST_DATA"}


def test_ci_runs_the_command_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.search(r"^make test *(#.*)?$", readme, re.MULTILINE), (
        "README has the line “make test”"
    )
    assert "README.md" in (ROOT / ".ci/run").read_text("utf-8")


def test_planted_faults_are_reported():
    root = PLANTED / "papers"
    assert unknown_commands(root, {"setup"}) == [
        "README.md:4: there is no make coffee",
        "README.md:6: there is no flask fly",
    ]
    assert dead_links(root) == ["README.md:8: docs/nowhere.md does not exist"]
    assert bad_decisions(root) == [
        "docs/decisions/0001-nothing.md: lacks its line in README.md",
        "docs/decisions/0001-nothing.md: lacks a title in the first line",
        "docs/decisions/0001-nothing.md: lacks a date",
        "docs/decisions/0001-nothing.md: lacks “what would change our mind”",
    ]


def test_planted_traces_are_reported(tmp_path):
    machine = "/".join(["", "root", "forum"])
    (tmp_path / "notes.md").write_text(f"fine\nSee {machine}/x\n")
    (tmp_path / "a.lock").write_text("--index-url https://example.org\n")
    assert traces(tmp_path, ["notes.md", "a.lock"]) == [
        "a.lock:1: --index-url",
        "notes.md:2: /" + "root/",
    ]
