"""A forum that says "du" is complete too: every message that says "Sie" has a counterpart, kept up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from scripts.messages import ADDRESS, german, informal, is_formal, source, strings
from tests.house.test_languages import places_agree
from tests.house.tree import PLANTED, ROOT

#: Folders of what set-up or the operator publishes under a version.
PUBLISHING = ("app/administration/data", "app/moderation/data", "app/superusers/data")
#: In the middle of a sentence the familiar address has a small letter.
CAPITAL = re.compile(r"(?<![.:?“] )(?<!^)(?<![„(])\b(Du|Dir|Dich|Dein(e[nmrs]?)?)\b")
QUOTED = re.compile(r"„[^“]*“")


def faults(formal: Catalog, familiar: Catalog) -> list[str]:
    wanted = {m.id: m for m in formal if m.id and is_formal(m)}
    given = {m.id: m for m in familiar if m.id}
    missing = [f"missing: {_name(wanted[i])}" for i in wanted if i not in given]
    left = [f"left over: {_name(given[i])}" for i in given if i not in wanted]
    both = [(wanted[i], given[i]) for i in wanted if i in given]
    return sorted([*missing, *left, *(f for pair in both for f in _faults(*pair))])


def _faults(formal: Message, familiar: Message) -> Iterator[str]:
    name = _name(formal)
    if not all(strings(familiar)):
        yield f"empty: {name}"
    elif familiar.fuzzy or " ".join(familiar.auto_comments) != source(formal):
        yield f"look again, its “Sie” has changed: {name}"
    elif is_formal(familiar):
        yield f"still “Sie”: {name}"
    elif any(CAPITAL.search(text) for text in strings(familiar)):
        yield f"capital “Du”: {name}"
    elif not places_agree(formal, familiar):
        yield f"placeholders differ: {name}"


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def addressing(root: Path) -> list[str]:
    """Texts that set-up publishes, and that read the same in every forum: they address nobody."""
    found: list[str] = []
    for path in sorted(path for name in PUBLISHING for path in (root / name).glob("*")):
        for text in _german(path):
            said = QUOTED.sub("„…“", text)
            if ADDRESS.search(said) or re.search(r"\b(du|dir|dich|dein)\b", said, re.IGNORECASE):
                found.append(f"{path.name}: {text}")
    return found


def _german(path: Path) -> Iterator[str]:
    if path.suffix == ".json":
        yield from _under_de(json.loads(path.read_text("utf-8")))
    elif path.name.endswith(".de.md"):
        yield from path.read_text("utf-8").split("\n")


def _under_de(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "de" else _under_de(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _under_de(inner)


def test_every_formal_message_has_a_familiar_one():
    assert sum(is_formal(m) for m in german(ROOT) if m.id) > 100, "there is much to say"
    assert faults(german(ROOT), informal(ROOT)) == []


def test_published_texts_address_nobody():
    assert addressing(ROOT) == []


def test_planted_slips_are_reported():
    root = PLANTED / "address"
    assert faults(german(root), informal(root)) == [
        "capital “Du”: Capital",
        "empty: Empty",
        "left over: Neutral",
        "look again, its “Sie” has changed: Changed since",
        "look again, its “Sie” has changed: Fuzzy",
        "missing: Missing",
        "placeholders differ: Hello %(name)s",
        "still “Sie”: Still formal",
    ]


def test_planted_published_texts_are_reported():
    assert addressing(PLANTED / "address") == [
        "charter.de.md: Ihre Aufgabe ist es, zu helfen.",
        "rules.json: Schreiben Sie freundlich.",
        "rules.json: Sei nett, dann hast du Freunde.",
    ]
