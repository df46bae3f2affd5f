"""Handbooks say what stands on the screen: what is bold in them is a word of the forum, and every task
has its picture, made by `make screens`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from flask import Flask

from screens.handbooks import PICTURES
from scripts.messages import german
from tests.house.tree import PLANTED, ROOT, line_of

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
TASK = re.compile(r"^## (.+)$", re.MULTILINE)
#: One of our commands with what follows it on the line.
COMMAND = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?flask (?:--app \w+ )?([a-z][a-z-]*)([^`\n|]*)")
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")
#: For people who look at screens; the operators' have tasks without any.
WITH_PICTURES = ("kunden.md", "super-user.md", "service-team.md")


def handbooks(root: Path) -> list[Path]:
    return sorted([*(root / "docs/handbuch").glob("*.md"), *(root / "docs/handbook").glob("*.md")])


def unknown_words(root: Path, german_words: Collection[str], english: Collection[str]) -> list[str]:
    """Bold words that no screen shows in the language of the handbook."""
    faults: list[str] = []
    for path in handbooks(root):
        known = english if path.name.endswith(".en.md") else german_words
        for place, hit in _hits(root, path, BOLD):
            words = " ".join(hit[1].split())
            if words not in known:
                faults.append(f"{place}: no screen says “{words}”")
    return faults


def without_picture(root: Path) -> list[str]:
    """Tasks that nobody can see, and pictures that nobody who cannot see can read."""
    faults: list[str] = []
    for path in handbooks(root):
        if path.name in WITH_PICTURES:
            bare = _bare_tasks(path.read_text("utf-8"))
            faults += [f"{path.name}: “{task}” has no picture" for task in bare]
        faults += [
            f"{place}: {hit[2]} has no words for who cannot see it"
            for place, hit in _hits(root, path, PICTURE)
            if not hit[1].strip()
        ]
    return faults


def _bare_tasks(source: str) -> list[str]:
    pieces = TASK.split(source)[1:]
    return [task for task, text in zip(pieces[::2], pieces[1::2], strict=True) if "![" not in text]


def pictures_in(root: Path) -> set[str]:
    """Names of the handbooks' own pictures, as they are shown."""
    return {
        Path(hit[2]).stem
        for path in handbooks(root)
        for _place, hit in _hits(root, path, PICTURE)
        if Path(hit[2]).parent.name == "handbook"
    }


def unknown_options(root: Path, commands: dict[str, click.Command]) -> list[str]:
    """`flask command --option` where the command has no such option."""
    faults: list[str] = []
    for path in handbooks(root):
        for place, hit in _hits(root, path, COMMAND):
            command = commands.get(hit[1])
            known = {name for p in command.params for name in p.opts} if command else set()
            faults += [
                f"{place}: flask {hit[1]} has no {option}"
                for option in OPTION.findall(hit[2])
                if option not in known
            ]
    return faults


def _hits(root: Path, path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
    source = path.read_text("utf-8")
    for hit in pattern.finditer(source):
        yield f"{path.relative_to(root)}:{line_of(source, hit.start())}", hit


def _words(catalogue: Catalog, of: Callable[..., object]) -> set[str]:
    found: set[str] = set()
    for message in catalogue:
        words = of(message)
        found |= set(words) if isinstance(words, (tuple, list)) else {str(words)}
    return found


def test_bold_words_stand_on_a_screen():
    words = _words(german(), lambda message: message.string)
    english = _words(german(), lambda message: message.id)
    assert {"Frage stellen"} <= words
    assert {"Ask a question"} <= english
    assert unknown_words(ROOT, words, english) == []


def test_every_task_has_its_picture_and_every_picture_its_words():
    assert without_picture(ROOT) == []


def test_every_picture_is_made_and_used():
    made = [picture.name for picture in PICTURES if picture.folder]
    assert len(made) == len(set(made))
    assert set(made) == pictures_in(ROOT)


def test_options_of_our_commands_exist(app: Flask):
    commands = {name: app.cli.commands[name] for name in app.cli.commands}
    assert unknown_options(ROOT, commands) == []


def test_planted_faults_are_reported():
    root = PLANTED / "handbooks"
    assert unknown_words(root, {"Frage stellen"}, {"Ask a question"}) == [
        "docs/handbook/operators.en.md:3: no screen says “Frage stellen”",
        "docs/handbuch/kunden.md:5: no screen says “Antwort abschicken”",
    ]
    assert without_picture(root) == [
        "kunden.md: “Antworten” has no picture",
        "docs/handbuch/kunden.md:9: ../screens/handbook/suchen.png has no words for who cannot see it",
    ]
    assert pictures_in(root) == {"suchen"}
    setup = click.Command("setup", params=[click.Option(["--json"])])
    assert unknown_options(root, {"setup": setup}) == [
        "docs/handbook/operators.en.md:5: flask setup has no --fast"
    ]
